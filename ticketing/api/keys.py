"""Who is asking: the key in the Authorization header, its house, and what it may do."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView

from ticketing.attempts import WRONG_KEYS_OF_ADDRESS, check, client_address, count
from ticketing.models import ApiKey
from ticketing.queries.api_keys import api_key_of

LONGEST_KEY = 200


class KeyHolder:
    """What Django calls a user: nobody in particular, let in by a key."""

    is_authenticated = True
    is_anonymous = False
    pk = None

    def __init__(self, api_key: ApiKey) -> None:
        self.api_key = api_key


class KeyAuthentication(BaseAuthentication):
    def authenticate(self, request: Request) -> tuple[KeyHolder, ApiKey] | None:
        scheme, _space, secret = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
        if scheme.lower() != "bearer" or not secret.strip():
            return None
        secret = secret.strip()
        api_key = api_key_of(secret, now=timezone.now()) if len(secret) <= LONGEST_KEY else None
        if api_key is None:
            counted = (WRONG_KEYS_OF_ADDRESS, client_address(request))
            check(counted)
            count(counted)
            raise AuthenticationFailed(_("This key is not known, has expired or was revoked."))
        return KeyHolder(api_key), api_key

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


class HasScope(BasePermission):
    """A view names the scope it needs; a key without it is refused before anything is looked up."""

    message = _("This key may not do this.")

    def has_permission(self, request: Request, view: APIView) -> bool:
        api_key = request.auth
        return isinstance(api_key, ApiKey) and getattr(view, "scope", None) in api_key.scopes


class KeyScheme(OpenApiAuthenticationExtension):
    target_class = "ticketing.api.keys.KeyAuthentication"
    name = "key"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "description": "A key of a house."}
