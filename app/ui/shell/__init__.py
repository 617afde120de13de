"""The window itself: top bar, side list, the two halves, and the page that shows what is waited for."""
