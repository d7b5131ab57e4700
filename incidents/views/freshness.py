"""When the published set last changed: the validator of answers that depend on it and on the address alone."""

from __future__ import annotations

from hashlib import sha256

from django.db.models import Count, Max
from django.http import HttpRequest

from incidents.models import Incident


def etag(request: HttpRequest) -> str:
    """Changes with every change, publication and withdrawal of an incident. One query."""
    state = Incident.objects.published().aggregate(number=Count("pk"), changed=Max("updated_at"))
    stamp = f"{request.get_full_path()}|{state['number']}|{state['changed']}"
    return f'"{sha256(stamp.encode()).hexdigest()[:32]}"'
