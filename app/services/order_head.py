"""The head of one order being edited: from a field that was changed to the ERP having it.

    a field is changed → the ERP says what that brings with it → every line's price under the new head is asked for
    where prices rest on it → where one differs the user decides line by line → written, before any row

Until the user has decided, the head is as it was, rows go on under it, and nothing is repriced. As with the session,
nothing here waits: all I/O goes through a `Runner`.
"""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Protocol

from app.domain.header_edits import (
    HeaderCollision,
    HeaderEdit,
    Repricing,
    edit_of,
    header_write,
    lock_of,
    put,
    rebase,
    same,
    value_of,
)
from app.domain.order_changes import HeaderChange, OrderChanges
from app.domain.orders import HeaderField, HeaderValue, Order
from app.ports.erp import ErpSystem
from app.ports.errors import NoAnswer, NotSignedIn, SystemFault
from app.ports.jobs import Job, Runner
from app.services.head_asking import HeadAsking
from app.services.head_view import HeadStatus, HeadView
from app.services.order_writer import as_fault
from app.services.reconnect import Reconnect


class HeadClient(Protocol):
    """Knows the order, and is told what becomes of its head."""

    @property
    def order(self) -> Order:
        """As the ERP last gave it."""

    def head_decided(self, edit: HeaderEdit, *, moves_prices: bool) -> None:
        """From now on rows rest on the head with ``edit`` on it; an empty one is the ERP's own again."""

    def head_changed(self) -> None:
        """It looks different."""

    def head_may_go(self) -> None:
        """Something may be done next."""


class OrderHead:
    """What is changed in the head of one order, and how far it is on its way."""

    def __init__(self, erp: ErpSystem, runner: Runner, reconnect: Reconnect, client: HeadClient) -> None:
        self._erp = erp
        self._runner = runner
        self._reconnect = reconnect
        self._client = client
        self._typed: dict[HeaderField, HeaderValue] = {}
        self._restored: dict[HeaderField, int] = {}  # the journal's entry that a typed field came back from
        self._was: dict[HeaderField, HeaderValue] = {}  # what each typed field held when it was first typed
        self._asking: HeadAsking | None = None
        self._edit = HeaderEdit()  # decided, on its way
        self._moves_prices = False
        self._taken: tuple[Repricing, ...] = ()
        self._decided: dict[str, tuple[Repricing, bool]] = {}  # by line; the user is not asked the same twice
        self._sent: Mapping[HeaderField, HeaderValue] | None = None
        self._collisions: tuple[HeaderCollision, ...] = ()
        self._fault: SystemFault | None = None

    # -- what is there

    def view(self, *, checking: bool = False) -> HeadView:
        """What to show."""
        base, asking = self._client.order.header, self._asking
        shown = put(self._edit.onto(base), self._typed)
        if not self._edit and asking is not None and asking.proposal is not None:
            shown = asking.proposal.header
        return HeadView(
            header=shown,
            status=self._status(checking=checking),
            typed=frozenset(self._typed),
            done=asking.done if asking is not None else 0,
            of=len(asking.lines) if asking is not None else 0,
            repricings=asking.repricings if asking is not None and asking.is_answered else (),
            collisions=self._collisions,
            fault=self._fault,
        )

    def _status(self, *, checking: bool) -> HeadStatus:  # one for each
        if self._collisions:
            return HeadStatus.COLLIDES
        if self._sent is not None:
            return HeadStatus.CHECKING if checking else HeadStatus.SENDING
        if self._fault is not None:
            return HeadStatus.REFUSED
        if self._asking is not None:
            return HeadStatus.ASKS if self._asking.is_answered else HeadStatus.ASKING
        if self._edit:
            return HeadStatus.STORED if self._client.order.id is None else HeadStatus.PENDING
        return HeadStatus.WAITING if self._typed else HeadStatus.STORED

    @property
    def has_unwritten(self) -> bool:
        """The ERP does not have it yet. A new order does not exist before its first line, and neither does its head."""
        return bool(self._typed) and self._client.order.id is not None

    @property
    def is_waiting(self) -> bool:
        """Something was changed and the ERP has not been asked about it yet."""
        return bool(self._typed) and not (self._edit or self._asking or self._collisions or self._fault)

    @property
    def is_asking(self) -> bool:
        """The ERP is being asked what the change does."""
        return self._asking is not None and not self._asking.is_answered

    def signature(self) -> tuple[object, ...]:
        """Changes whenever `waiting` does."""
        return (*(self._typed.items() if self._sent is None else ()),)

    def waiting(self, rows: OrderChanges | None) -> OrderChanges | None:
        """What outlives the program: the rows that wait, with what was changed in the head and is not on its way."""
        order = self._client.order
        if self._sent is not None or not self._typed or (rows is None and order.id is None):
            return rows
        rows = rows or OrderChanges(order.id, order.version, order.header)
        changed = HeaderChange({name: self._was[name] for name in self._typed})
        return OrderChanges(
            rows.order_id,
            rows.version,
            put(self._edit.onto(order.header), self._typed),
            rows.created,
            rows.changed,
            rows.removed,
            changed,
            rows.moved,
        )

    def ask_choices(
        self,
        name: HeaderField,
        on_ready: Callable[[Sequence[HeaderValue]], None],
        on_failed: Callable[[SystemFault], None],
    ) -> Job:
        """What the ERP offers for this field; the caller cancels when it is not wanted any more."""
        work = self._erp.header_choices(self.view().header, self._client.order.state, name)
        return self._runner.run(work, on_ready, lambda error: on_failed(as_fault(error)))

    # -- what the user does

    def change(self, name: HeaderField, value: HeaderValue) -> None:
        """A field was given another value. Without effect on one that the ERP keeps closed."""
        order = self._client.order
        if lock_of(order, name) is not None or same(value, value_of(self.view().header, name)):
            return
        self._restored.pop(name, None)
        self._type(name, value, value_of(order.header, name))
        self._ask_anew()
        self._client.head_may_go()

    def _type(self, name: HeaderField, value: HeaderValue, was: HeaderValue) -> None:
        was = self._was.setdefault(name, was)
        # While an earlier value is on its way, none is "the ERP's own again".
        if same(value, was) and self._sent is None and not self._collisions:
            del self._was[name]
            self._typed.pop(name, None)
        else:
            self._typed[name] = value

    def take_back(self) -> None:
        """Everything changed here that is not on its way is as the ERP has it again."""
        kept = dict(self._sent or {})
        self._was = {name: was for name, was in self._was.items() if name in kept}
        self._typed, self._collisions, self._fault = kept, (), None
        self._decided.clear()
        if self._sent is None:
            self._ask_anew()
        self._client.head_may_go()

    def decide(self, taken: frozenset[str]) -> None:
        """The change is to be made, and these lines take the price which follows; the others keep theirs."""
        asking = self._asking
        if asking is None or not asking.is_answered:
            return
        self._decided = {each.line.id: (each, each.must_follow or each.line.id in taken) for each in asking.repricings}
        self._settle(asking)
        self._client.head_may_go()

    def keep_mine(self) -> None:
        """What the user changed is to stand where somebody else changed it too."""
        theirs = {each.name: each.theirs for each in self._collisions}
        self._collisions = ()
        self._was |= theirs
        self._client.head_changed()
        self._client.head_may_go()

    def take_theirs(self) -> None:
        """Where somebody else changed it too, theirs stands; the rest goes on."""
        for each in self._collisions:
            self._typed.pop(each.name, None)
            self._was.pop(each.name, None)
        self._collisions = ()
        self._client.head_changed()
        self._client.head_may_go()

    def retry(self) -> None:
        """Try again what was refused."""
        if self._fault is not None:
            self._fault = None
            self._ask_anew()
            self._client.head_may_go()

    def restore(self, changes: OrderChanges, entry_id: int) -> None:
        """Type in again what an earlier run of the program did not get into the ERP.

        What the user has typed since stands, and of two entries of the journal what the later one holds.
        """
        if changes.header_change is None:
            return
        for name, was in changes.header_change.was.items():
            if name not in self._typed or self._restored.get(name, entry_id) < entry_id:
                self._typed[name], self._was[name] = value_of(changes.header, name), was
                self._restored[name] = entry_id
        self.rebase()

    def close(self) -> None:
        """Stop asking."""
        if self._asking is not None:
            self._asking.cancel()

    # -- asking

    def _ask_anew(self) -> None:
        """What was typed is other than what the ERP was asked about."""
        if self._asking is not None:
            self._asking.cancel()
        self._asking, self._fault = None, None
        if self._sent is None:
            self._undecide()
        self._client.head_changed()

    def _undecide(self) -> None:
        if self._edit:
            moved, self._edit, self._taken = self._moves_prices, HeaderEdit(), ()
            self._client.head_decided(HeaderEdit(), moves_prices=moved)

    def ask(self) -> None:
        """Ask the ERP what the change does. When nothing else is to be written first."""
        if not self.is_waiting:
            return
        client = self._client
        self._asking = HeadAsking(
            self._erp,
            self._runner,
            self._reconnect,
            lambda: client.order,
            on_answer=self._on_answer,
            on_failed=self._on_asking_failed,
        )
        self._asking.start(dict(self._typed))
        self._client.head_changed()

    def resume(self) -> None:
        """The ERP answers again."""
        if self._asking is not None:
            self._asking.go_on()

    def _on_answer(self) -> None:
        if self._asking is not None and self._asking.is_answered:
            self._settle_if_known(self._asking)
        self._client.head_changed()

    def _on_asking_failed(self, error: Exception) -> None:
        if self._asking is not None:
            self._asking.cancel()
        self._asking = None
        if isinstance(error, NoAnswer | NotSignedIn):
            self._reconnect.wait(error)
        else:
            self._fault = as_fault(error)
        self._client.head_changed()
        self._client.head_may_go()

    def _settle_if_known(self, asking: HeadAsking) -> None:
        """Without a question where nothing happens to the lines, or just what the user has decided before."""
        if all(self._decided.get(each.line.id, (None, False))[0] == each for each in asking.repricings):
            self._settle(asking)
            self._client.head_may_go()

    def _settle(self, asking: HeadAsking) -> None:
        proposal, repricings = asking.proposal, asking.repricings
        if proposal is None:
            return
        self._edit = edit_of(self._client.order.header, proposal)
        self._moves_prices = proposal.moves_prices
        self._taken = tuple(each for each in repricings if self._decided[each.line.id][1])
        self._asking = None
        if not self._edit:
            self._forget()  # the ERP has it that way by now
        self._client.head_decided(self._edit, moves_prices=proposal.moves_prices)
        self._client.head_changed()

    def _forget(self) -> None:
        self._typed, self._was, self._collisions, self._fault = {}, {}, (), None
        self._decided.clear()

    # -- writing

    def to_send(self) -> OrderChanges | None:
        """The write that is to be sent next, or None."""
        order = self._client.order
        if not self._edit or order.id is None or self._sent is not None or self._collisions or self._fault:
            return None
        return header_write(order, self._edit, self._taken)

    def with_head(self, changes: OrderChanges) -> OrderChanges:
        """The write of a new order's first lines, with what was changed in the head that the ERP had proposed."""
        if changes.order_id is not None or not self._edit:
            return changes
        header = self._client.order.header
        return OrderChanges(None, "", self._edit.onto(header), changes.created, header_change=self._edit.change(header))

    def start(self, changes: OrderChanges) -> None:
        """It is on its way."""
        if changes.header_change is not None:
            self._sent = MappingProxyType(dict(self._typed))

    def finish(self, changes: OrderChanges) -> None:
        """The ERP has it. Called when the order is as the ERP now has it."""
        if changes.header_change is None or self._sent is None:
            return
        sent, self._sent = self._sent, None
        later = {n: v for n, v in self._typed.items() if n not in sent or not same(v, sent[n])}
        self._edit, self._taken, self._moves_prices = HeaderEdit(), (), False
        self._forget()
        self._client.head_decided(HeaderEdit(), moves_prices=False)
        self._typed = later
        self._was = {name: value_of(self._client.order.header, name) for name in later}

    def release(self, changes: OrderChanges) -> None:
        """Nothing of it was written."""
        if changes.header_change is not None and self._sent is not None:
            is_other, self._sent = dict(self._sent) != self._typed, None
            if is_other:
                self._ask_anew()

    def refuse(self, fault: SystemFault) -> None:
        """The ERP does not take it; what was typed stays until the user has done something about it."""
        self._undecide()
        self._fault = fault
        self._client.head_changed()

    def lines_moved(self) -> None:
        """Lines are others than they were: what the change does to them is asked for those."""
        if self._asking is not None:
            self._asking.go_on()

    def rebase(self) -> None:
        """The order was read anew: lay what was typed over its head, and ask again what that does."""
        if self._sent is not None or not self._typed:
            return
        header = self._client.order.header
        moved, self._collisions = rebase(HeaderEdit(dict(self._typed)), self._was, header)
        self._typed = dict(moved.values)
        self._was = {
            name: self._was[name] if any(c.name == name for c in self._collisions) else value_of(header, name)
            for name in self._typed
        }
        fault = self._fault
        self._ask_anew()
        self._fault = fault if self._typed else None
