"""Pages of economic frames: all that one may see, and the ledger of one."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.requests import Request
from frames.models import Frame


@never_cache
@require_safe
def frame_list(request: Request) -> HttpResponse:
    """The frames of one's own organisations."""
    return render(request, "frames/list.html", {"frames": Frame.objects.visible_to(request.user)})


@never_cache
@require_safe
def frame(request: Request, pk: int) -> HttpResponse:
    """One frame with its ledger."""
    one = get_object_or_404(Frame.objects.visible_to(request.user), pk=pk)
    return render(request, "frames/frame.html", {"frame": one})
