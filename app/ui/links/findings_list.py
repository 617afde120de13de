"""The list of findings: what is wrong with whom, and whether somebody is suggested."""

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.domain.links import Finding
from app.ui.links.texts import kind_text, reason_text, suggestion_text
from app.ui.theme import Space, Tone, Type, colour, colours, font
from app.ui.widgets import paint_row_ground, plain_tooltip

translate = QCoreApplication.translate
FINDING_ROLE = Qt.ItemDataRole.UserRole
_ROW = 48
_AT_ONCE = 300
"""Rows that are given to the view in one go."""
_Index = QModelIndex | QPersistentModelIndex


def second_line(finding: Finding) -> str:
    """The number, and who is suggested."""
    best = finding.best
    suggested = f"→ {suggestion_text(best)} ({reason_text(best, finding.company.vat_number)})" if best else ""
    number = " → ".join(part for part in (finding.company.number, finding.company.parent_id) if part)
    parts = (number, suggested or finding.company.detail)
    return "   ".join(part for part in parts if part) or translate("LinkInbox", "Nobody in the ERP is like it")


class FindingsModel(QAbstractListModel):
    """Some of the findings, in the CRM's order.

    There may be tens of thousands, and a view asks for every row at once: it is given them as it is scrolled.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._findings: tuple[Finding, ...] = ()
        self._given = 0

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All rows from top to bottom, also those that were not given yet."""
        return self._findings

    def rowCount(self, parent: _Index | None = None) -> int:  # noqa: N802
        """See QAbstractItemModel."""
        return 0 if parent is not None and parent.isValid() else self._given

    def canFetchMore(self, parent: _Index) -> bool:  # noqa: N802
        """See QAbstractItemModel."""
        return not parent.isValid() and self._given < len(self._findings)

    def fetchMore(self, parent: _Index) -> None:  # noqa: N802
        """See QAbstractItemModel."""
        more = min(_AT_ONCE, len(self._findings) - self._given)
        if not parent.isValid() and more > 0:
            self.beginInsertRows(QModelIndex(), self._given, self._given + more - 1)
            self._given += more
            self.endInsertRows()

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """See QAbstractItemModel."""
        if not index.isValid() or index.row() >= self._given:
            return None
        finding = self._findings[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return finding.company.name
        if role == FINDING_ROLE:
            return finding
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(
                part for part in (finding.company.name, kind_text(finding.kind), second_line(finding)) if part
            )
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(f"{finding.company.name}\n{second_line(finding)}")
        return None

    def show_findings(self, findings: tuple[Finding, ...], row: int) -> None:
        """Show these, at least as far as ``row``."""
        if findings is not self._findings or row >= self._given:
            self.beginResetModel()
            self._findings = findings
            self._given = min(len(findings), max(_AT_ONCE, row + 1))
            self.endResetModel()


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:  # noqa: N802
        return QSize(200, _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        finding: Finding = index.data(FINDING_ROLE)
        rect: QRect = option.rect.adjusted(Space.S, 1, -Space.S, -1)
        painter.save()
        paint_row_ground(painter, option, rect)
        inner = rect.adjusted(Space.S, 5, -Space.S, -5)
        half = inner.height() // 2
        top = QRect(inner.x(), inner.y(), inner.width(), half)
        taken = self._badge(painter, option, finding, top)
        for box, words, step, ink in (
            (top.adjusted(0, 0, -taken - Space.S, 0), finding.company.name, Type.STRONG, "text"),
            (QRect(inner.x(), inner.y() + half, inner.width(), half), second_line(finding), Type.CAPTION, "muted"),
        ):
            painter.setFont(font(step, option.font))
            painter.setPen(colour(ink))
            shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, box.width())
            painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), shown)
        painter.restore()

    @staticmethod
    def _badge(painter: QPainter, option: QStyleOptionViewItem, finding: Finding, row: QRect) -> int:
        """The kind, at the right; how wide it is."""
        painter.setFont(font(Type.SECTION, option.font))
        words = kind_text(finding.kind)
        metrics = painter.fontMetrics()
        width = metrics.horizontalAdvance(words) + 12
        box = QRect(row.right() - width, row.center().y() - metrics.height() // 2 - 1, width, metrics.height() + 3)
        ink, ground = colours().tone(Tone.WARNING)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(QColor(ink))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), words)
        return width


class FindingsList(QListView):
    """The list, with the cursor on one of them.

    Signals:
        chosen: Another `Finding` is under the cursor, or None.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = FindingsModel(self)
        self._is_filling = False
        self.setProperty("ground", "surface")
        self.setModel(self._model)
        self.setItemDelegate(_Delegate(self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentChanged.connect(self._on_current)

    @property
    def finding(self) -> Finding | None:
        """The one under the cursor."""
        index = self.currentIndex()
        return index.data(FINDING_ROLE) if index.isValid() else None

    def show_findings(self, findings: tuple[Finding, ...], wanted: str = "") -> None:
        """Show these. The cursor stays on its company, else it goes to the one that stands in its place now.

        Args:
            wanted: The company that it is to go to instead, if it is there.
        """
        former, row = self.finding, self.currentIndex().row()
        self._is_filling = True
        at = -1
        if wanted:
            at = next((n for n, each in enumerate(findings) if each.company.id == wanted), -1)
        if at < 0 and former is not None:
            at = next((n for n, each in enumerate(findings) if each.company.id == former.company.id), -1)
        if at < 0 and findings:
            at = min(max(row, 0), len(findings) - 1)
        self._model.show_findings(findings, at)
        if at >= 0:
            self.setCurrentIndex(self._model.index(at))
        self._is_filling = False
        self.chosen.emit(self.finding)

    def _on_current(self) -> None:
        if not self._is_filling:
            self.chosen.emit(self.finding)
