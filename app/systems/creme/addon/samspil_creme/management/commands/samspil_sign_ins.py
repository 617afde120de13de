"""For administrators: who is signed in by Samspil, and ending that."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import now

from samspil_creme.models import AccessToken, Receipt, WrongPassword


class Command(BaseCommand):
    """``samspil_sign_ins`` lists; ``--end`` ends; ``--tidy`` deletes what is of no use any more."""

    help = "Lists the sign-ins from Samspil, or ends them (--end with --user, --id or --all)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what the command takes."""
        parser.add_argument("--user", help="only this user's, by user name")
        parser.add_argument("--id", type=int, help="only this one")
        parser.add_argument("--all", action="store_true", help="all users'")
        parser.add_argument("--end", action="store_true", help="end them instead of listing them")
        parser.add_argument("--tidy", type=int, metavar="DAYS", help="delete what ended or was written so long ago")

    def handle(self, **options: Any) -> None:
        """Do it."""
        if options["tidy"] is not None:
            self._tidy(options["tidy"])
            return
        found = AccessToken.objects.filter(revoked=None, expires__gt=now()).select_related("user")
        if options["user"]:
            found = found.filter(user__username=options["user"])
        if options["id"]:
            found = found.filter(pk=options["id"])
        if options["end"]:
            if not (options["user"] or options["id"] or options["all"]):
                raise CommandError("Say whose: --user, --id or --all.")
            self.stdout.write(f"{found.update(revoked=now())} ended.")
            return
        for one in found:
            last = f"{one.last_used:%Y-%m-%d %H:%M}"
            self.stdout.write(f"{one.pk:>6}  {one.user.username:<20}  {one.device:<30}  last used {last}")

    def _tidy(self, days: int) -> None:
        from datetime import timedelta

        if days < 7:
            # A client may still be about to ask whether its write has landed.
            raise CommandError("At least 7 days.")
        before = now() - timedelta(days=days)
        AccessToken.objects.filter(expires__lt=before).delete()
        AccessToken.objects.filter(revoked__lt=before).delete()
        Receipt.objects.filter(created__lt=before).delete()
        WrongPassword.objects.filter(at__lt=before).delete()
