"""Gives the frame of the shop to pages whose views know nothing of it: signing in and signing up."""

from __future__ import annotations

from django import template
from django.template import RequestContext
from django.utils.translation import get_language

from ticketing.webshop.frame import cluster_frame, languages_of

register = template.Library()


@register.simple_tag(takes_context=True)
def frame_if_missing(context: RequestContext) -> str:
    if "languages" not in context:
        context["house"] = cluster_frame()
        context["languages"] = languages_of(context.request) if getattr(context, "request", None) else []
        context["LANGUAGE_CODE"] = get_language()
        context["section"] = "account"
    return ""
