"""The add-on's own three tables. Everything else that it shows or writes is Creme's."""

from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.timezone import now


class AccessToken(models.Model):
    """One user's sign-in from one device. The token itself is nowhere in the database, only its SHA-256.

    Attributes:
        digest: SHA-256 of the token, hexadecimal. The token is 32 random bytes, so it needs no salt.
        password_stamp: Changes with the user's password, so that a new password ends all older sign-ins, as it
            does for Creme's own sessions.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    device = models.CharField(max_length=100)
    digest = models.CharField(max_length=64, unique=True)
    password_stamp = models.CharField(max_length=128)
    created = models.DateTimeField(default=now)
    last_used = models.DateTimeField(default=now)
    expires = models.DateTimeField()
    revoked = models.DateTimeField(null=True)

    # Creme's own mark: not offered in its lists, reports and filters.
    creme_model = False

    class Meta:
        app_label = "samspil_creme"
        ordering = ("-last_used",)

    def __str__(self) -> str:
        return f"{self.user} ({self.device})"


class WrongPassword(models.Model):
    """A refused sign-in, kept for a quarter of an hour to slow down guessing."""

    WINDOW: ClassVar[timedelta] = timedelta(minutes=15)

    username = models.CharField(max_length=150)
    address = models.CharField(max_length=45)
    at = models.DateTimeField(default=now)

    class Meta:
        app_label = "samspil_creme"
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["username", "at"])]

    def __str__(self) -> str:
        return f"{self.username} {self.at:%Y-%m-%d %H:%M:%S}"


class Receipt(models.Model):
    """What a write with the client's own key answered, so that the same write again changes nothing.

    Attributes:
        key: Chosen by the client for one intention, and the same each time that it is sent.
        request: SHA-256 of what was asked, so that a key used for something else is noticed.
        answer: What the first one answered.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=64)
    request = models.CharField(max_length=64)
    answer = models.JSONField(default=dict)
    created = models.DateTimeField(default=now)

    class Meta:
        app_label = "samspil_creme"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user", "key"], name="samspil_receipt_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.key}"
