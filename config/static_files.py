"""Static files get a name with a hash of their content, so browsers keep them for ever, and are compressed once.

The best Brotli takes ten times as long as the second best and saves a few percent, which nobody who waits for a first
start would notice.
"""

from __future__ import annotations

from typing import Any

import brotli
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage

BROTLI_QUALITY = 9


class QuickCompressor(Compressor):
    @staticmethod
    def compress_brotli(data: bytes) -> bytes:
        return bytes(brotli.compress(data, quality=BROTLI_QUALITY))


class HashedStaticFilesStorage(CompressedManifestStaticFilesStorage):
    # The modules of the door name each other: by their hashed names, or an old one could meet a new one. Only these:
    # what packages bring may name files that are not there.
    support_js_module_import_aggregation = True
    _js_module_import_aggregation_patterns = (
        "js/door/*.js",
        CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns[1],
    )

    def create_compressor(self, **options: Any) -> Compressor:
        return QuickCompressor(**options)
