"""Files are for operators: no other is stored, not even for the time of a request, and none without an end."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler, SkipFile

OPERATORS = "/admin/"
# A picture or a seating plan, whose own limits lie lower and are said in their own words.
LARGEST_FORM = 64 * 1024 * 1024
LARGEST_OF_VISITORS = 1024 * 1024


class GuardedUpload(FileUploadHandler):
    """The first of FILE_UPLOAD_HANDLERS: what it refuses never reaches those that keep files."""

    @property
    def _is_operators(self) -> bool:
        return self.request is not None and self.request.path_info.startswith(OPERATORS)

    def handle_raw_input(
        self, input_data: Any, meta: Any, content_length: int, boundary: Any, encoding: Any = None
    ) -> None:
        if content_length > (LARGEST_FORM if self._is_operators else LARGEST_OF_VISITORS):
            raise RequestDataTooBig("a form larger than any of ours")

    def new_file(self, *args: Any, **named: Any) -> None:
        super().new_file(*args, **named)
        if not self._is_operators:
            raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None
