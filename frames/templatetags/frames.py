"""Money on a page: amounts, and a bar of how far a frame is taken."""

from decimal import Decimal

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from frames.balances import Balance
from shared import money

register = template.Library()
WIDTH = 160


@register.filter
def kroner(amount: Decimal) -> str:
    """An amount: `5.000,00 kr.`."""
    return money.kroner(amount)


@register.simple_tag
def frame_bar(balance: Balance) -> SafeString:
    """Used, committed and reserved side by side; every number also stands beside it as text."""
    parts = [
        ("used", balance.used), ("committed", balance.committed), ("reserved", balance.reserved),
    ]  # fmt: skip
    drawn, begin = [], Decimal(0)
    for name, amount in parts:
        width = WIDTH * amount / balance.granted if balance.granted else Decimal(0)
        drawn.append((name, f"{begin:.1f}", f"{width:.1f}"))
        begin += width
    return format_html(
        '<svg class="kf-frame-bar" viewBox="0 0 {} 12" preserveAspectRatio="none"'
        ' aria-hidden="true" focusable="false">'
        '<rect class="kf-frame-bar-all" width="{}" height="12"></rect>{}</svg>',
        WIDTH,
        WIDTH,
        format_html_join(
            "", '<rect class="kf-frame-bar-{}" x="{}" width="{}" height="12"></rect>', drawn
        ),
    )
