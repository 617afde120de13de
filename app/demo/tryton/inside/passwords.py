"""How the demo's Tryton keeps the passwords of its users."""


def hash_quickly() -> None:
    """Let this process hash passwords in no time.

    Tryton's own way takes a quarter of a second of a processor for each sign-in, to make guessing slow. The passwords
    here are 96 random bits, which nobody guesses however fast he may try. To be called in whatever writes or checks
    one: a hash made otherwise is made anew when its user signs in.
    """
    from pwdlib import PasswordHash
    from pwdlib.hashers.argon2 import Argon2Hasher
    from trytond.res import user

    user.PASSWORD_HASH = PasswordHash([Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1)])
