"""Doors: which performances a key may scan, one reading, a queue of readings, counters, and the list to take along."""

from __future__ import annotations

import base64
from typing import Any

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from ticketing.api.documents import PROBLEMS, Texts, texts
from ticketing.api.views import View
from ticketing.models import ApiKey, Scan, Ticket
from ticketing.operations import scans
from ticketing.operations.scans import LONGEST_GATE, LONGEST_TEXT, OfflineReading, ScanOutcome
from ticketing.queries import scans as queries
from ticketing.queries.scans import DoorPerformance, KnownTicket, Seat

MOST_READINGS = 200


class SeatDocument(serializers.Serializer[Any]):
    area = Texts()
    row = Texts()
    seat = Texts()
    price_type = Texts()
    needs_proof = serializers.BooleanField(help_text="Ask to see the card this tariff is for.")


class DoorDocument(serializers.Serializer[Any]):
    code = serializers.CharField()
    title = Texts()
    hall = Texts()
    starts_at = serializers.DateTimeField()
    doors_at = serializers.DateTimeField(allow_null=True)


class DoorsDocument(serializers.Serializer[Any]):
    house = serializers.CharField()
    items = DoorDocument(many=True)


class OtherPerformance(serializers.Serializer[Any]):
    title = Texts()
    starts_at = serializers.DateTimeField()


class ScanRequest(serializers.Serializer[Any]):
    performance = serializers.CharField(max_length=8)
    payload = serializers.CharField(
        max_length=LONGEST_TEXT, allow_blank=True, help_text="What the square says, or the typed code."
    )
    nonce = serializers.UUIDField(help_text="Made by the scanner for this reading; the same nonce counts once.")
    gate = serializers.CharField(max_length=LONGEST_GATE, allow_blank=True, default="")


class OfflineReadingRequest(serializers.Serializer[Any]):
    payload = serializers.CharField(max_length=LONGEST_TEXT, allow_blank=True)
    nonce = serializers.UUIDField()
    scanned_at = serializers.DateTimeField()
    shown = serializers.ChoiceField(Scan.Result.choices, help_text="What the door told the visitor.")
    gate = serializers.CharField(max_length=LONGEST_GATE, allow_blank=True, default="")


class OfflineRequest(serializers.Serializer[Any]):
    performance = serializers.CharField(max_length=8)
    readings = serializers.ListField(child=OfflineReadingRequest(), min_length=1, max_length=MOST_READINGS)


class OutcomeDocument(serializers.Serializer[Any]):
    nonce = serializers.UUIDField()
    result = serializers.ChoiceField(Scan.Result.choices)
    scanned_at = serializers.DateTimeField()
    seat = SeatDocument(allow_null=True)
    first_used_at = serializers.DateTimeField(allow_null=True)
    first_gate = serializers.CharField(allow_blank=True)
    other_performance = OtherPerformance(allow_null=True)
    is_conflict = serializers.BooleanField()


class OutcomesDocument(serializers.Serializer[Any]):
    items = OutcomeDocument(many=True)


class CountsDocument(serializers.Serializer[Any]):
    valid = serializers.IntegerField()
    inside = serializers.IntegerField()
    refused = serializers.IntegerField()
    conflicts = serializers.IntegerField()


class ConflictDocument(serializers.Serializer[Any]):
    seat = SeatDocument()
    result = serializers.ChoiceField(Scan.Result.choices)
    scanned_at = serializers.DateTimeField()
    gate = serializers.CharField(allow_blank=True)
    first_used_at = serializers.DateTimeField(allow_null=True)
    first_gate = serializers.CharField(allow_blank=True)


class ConflictsDocument(serializers.Serializer[Any]):
    items = ConflictDocument(many=True)


class ListedTicketDocument(serializers.Serializer[Any]):
    serial = serializers.CharField()
    code_hash = serializers.CharField(help_text="First 32 hex digits of SHA-256 of `performance:CODE`.")
    state = serializers.ChoiceField(Ticket.State.choices)
    used_at = serializers.DateTimeField(allow_null=True)
    used_gate = serializers.CharField(allow_blank=True)
    seat = SeatDocument()


class PublicKeyDocument(serializers.Serializer[Any]):
    key_id = serializers.IntegerField()
    point = serializers.CharField(help_text="Uncompressed point on P-256, base64.")


class DoorListDocument(serializers.Serializer[Any]):
    performance = DoorDocument()
    made_at = serializers.DateTimeField()
    keys = PublicKeyDocument(many=True)
    tickets = ListedTicketDocument(many=True)


class DoorView(View):
    scope = ApiKey.Scope.SCAN


class Doors(DoorView):
    @extend_schema(operation_id="doors_list", responses={200: DoorsDocument, **PROBLEMS})
    def get(self, request: Request) -> Response:
        """The performances around now that this key may scan."""
        doors = queries.doors_tonight(self.api_key, now=self.now)
        return Response({"house": self.api_key.house.name, "items": [_door(door) for door in doors]})


class Scans(DoorView):
    @extend_schema(operation_id="scans_create", request=ScanRequest, responses={200: OutcomeDocument, **PROBLEMS})
    def post(self, request: Request) -> Response:
        """One reading: accepted, or why not. Refused tickets are answers, not errors."""
        asked = self.read(ScanRequest)
        outcome = scans.scan(
            payload_or_code=asked["payload"],
            performance=asked["performance"],
            api_key=self.api_key,
            nonce=asked["nonce"],
            gate=asked["gate"],
            now=self.now,
        )
        return Response(_outcome(outcome))


class OfflineScans(DoorView):
    @extend_schema(operation_id="scans_upload", request=OfflineRequest, responses={200: OutcomesDocument, **PROBLEMS})
    def post(self, request: Request) -> Response:
        """What a door did without network; the answer names the conflicts. Sending it twice does no harm."""
        asked = self.read(OfflineRequest)
        readings = [
            OfflineReading(row["payload"], row["nonce"], row["scanned_at"], row["shown"], row["gate"])
            for row in asked["readings"]
        ]
        outcomes = scans.upload_scans(
            readings=readings, performance=asked["performance"], api_key=self.api_key, now=self.now
        )
        return Response({"items": [_outcome(outcome) for outcome in outcomes]})


class DoorList(DoorView):
    @extend_schema(
        operation_id="doors_retrieve",
        parameters=[OpenApiParameter("If-None-Match", location="header", description="The ETag of the list you have.")],
        responses={200: DoorListDocument, 304: OpenApiResponse(description="The list you have."), **PROBLEMS},
    )
    def get(self, request: Request, performance: str) -> Response:
        """Everything a door needs without network: no names, no code that could be typed in."""
        version = f'"{queries.list_version(performance=performance, api_key=self.api_key)}"'
        headers = {"ETag": version, "Cache-Control": "private, no-cache"}
        if request.META.get("HTTP_IF_NONE_MATCH") == version:
            return Response(status=304, headers=headers)
        made = queries.door_list(performance=performance, api_key=self.api_key, now=self.now)
        body = {
            "performance": _door(made.performance),
            "made_at": made.made_at,
            "keys": [
                {"key_id": key_id, "point": base64.b64encode(point).decode()} for key_id, point in made.keys.items()
            ],
            "tickets": [
                {
                    "serial": ticket.serial,
                    "code_hash": ticket.code_hash,
                    "state": ticket.state,
                    "used_at": ticket.used_at,
                    "used_gate": ticket.used_gate,
                    "seat": _seat(ticket.seat),
                }
                for ticket in made.tickets
            ],
        }
        return Response(body, headers=headers)


class DoorCounts(DoorView):
    @extend_schema(operation_id="doors_counts", responses={200: CountsDocument, **PROBLEMS})
    def get(self, request: Request, performance: str) -> Response:
        counts = queries.door_counts(performance=performance, api_key=self.api_key)
        return Response(
            {
                "valid": counts.valid,
                "inside": counts.inside,
                "refused": counts.refused,
                "conflicts": counts.conflicts,
            }
        )


class DoorConflicts(DoorView):
    @extend_schema(operation_id="doors_conflicts", responses={200: ConflictsDocument, **PROBLEMS})
    def get(self, request: Request, performance: str) -> Response:
        """Who was let in on a ticket that had been used or was no longer good, the latest hundred."""
        found = queries.door_conflicts(performance=performance, api_key=self.api_key)
        items = [
            {
                "seat": _seat(conflict.seat),
                "result": conflict.result,
                "scanned_at": conflict.scanned_at,
                "gate": conflict.gate,
                "first_used_at": conflict.first_used_at,
                "first_gate": conflict.first_gate,
            }
            for conflict in found
        ]
        return Response({"items": items})


def _door(door: DoorPerformance) -> dict[str, Any]:
    return {
        "code": door.code,
        "title": texts(door.title),
        "hall": texts(door.hall),
        "starts_at": door.starts_at,
        "doors_at": door.doors_at,
    }


def _outcome(outcome: ScanOutcome) -> dict[str, Any]:
    ticket = outcome.ticket
    is_elsewhere = outcome.result == Scan.Result.WRONG_PERFORMANCE
    return {
        "nonce": outcome.nonce,
        "result": outcome.result,
        "scanned_at": outcome.scanned_at,
        "seat": _seat(ticket.seat) if ticket and not is_elsewhere else None,
        "first_used_at": outcome.first_used_at,
        "first_gate": outcome.first_gate,
        "other_performance": _other(ticket) if ticket and is_elsewhere else None,
        "is_conflict": outcome.is_conflict,
    }


def _other(ticket: KnownTicket) -> dict[str, Any]:
    return {"title": texts(ticket.title), "starts_at": ticket.starts_at}


def _seat(seat: Seat) -> dict[str, Any]:
    return {
        "area": seat.area,
        "row": seat.row,
        "seat": seat.seat,
        "price_type": seat.price_type,
        "needs_proof": seat.needs_proof,
    }
