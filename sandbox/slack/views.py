"""The modals and Home tabs that are open in a workspace; a pure state machine."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace

from sandbox.slack.block_kit import elements_of, is_too_large, unrolled, with_ids
from sandbox.slack.errors import SlackError
from sandbox.slack.records import JSON, Change, ChangeKind, View

STACK = 3
"""A modal holds at most three views: surfaces/modals."""


class Views:
    """Every open view. Ids and changes are the workspace's."""

    def __init__(
        self,
        *,
        clock: Callable[[], float],
        new_id: Callable[[str], str],
        announce: Callable[[Change], None],
    ) -> None:
        """Starts with nothing open; `clock` gives Unix time in seconds."""
        self._clock = clock
        self._new_id = new_id
        self._announce = announce
        self._modals: dict[str, View] = {}
        self._homes: dict[str, View] = {}

    def open_of(self, user: str) -> list[View]:
        """Returns the modals one person has open, the topmost last."""
        return [view for view in self._modals.values() if view.user == user]

    def home_of(self, user: str) -> View | None:
        """Returns the Home tab as the app published it for one person."""
        return self._homes.get(user)

    def find(self, *, view_id: str | None = None, external_id: str | None = None) -> View:
        """Returns the open view with that id.

        Raises:
            SlackError: there is none.
        """
        for view in (*self._modals.values(), *self._homes.values()):
            if view.id == view_id or (external_id and _external_id(view.body) == external_id):
                return view
        raise SlackError("not_found")

    def open(self, user: str, body: JSON) -> View:
        """Opens a modal of its own."""
        return self._add(user, body, onto=None)

    def push(self, onto: View, body: JSON) -> View:
        """Lays a view on top of a modal.

        Raises:
            SlackError: the stack is full, or the view is refused.
        """
        if len(self._stack(onto)) >= STACK:
            raise SlackError("push_limit_reached")
        return self._add(onto.user, body, onto=onto)

    def update(self, view: View, body: JSON, *, expected_hash: str | None = None) -> View:
        """Replaces what a view shows.

        Raises:
            SlackError: it is too large, or changed since `expected_hash` was read.
        """
        if expected_hash is not None and expected_hash != view.hash:
            raise SlackError("hash_conflict")
        self._check(body, besides=view)
        complete = self._complete(body)
        kept = _still_there(view, complete)
        # Errors belong to what was submitted, and go with it.
        updated = replace(view, body=complete, hash=self._new_hash(), errors={}, typed=kept)
        return self._keep(updated, ChangeKind.VIEW_UPDATED)

    def refuse(self, view: View, errors: Mapping[str, str]) -> View:
        """Shows what was wrong beside the fields, by `block_id`."""
        return self._keep(replace(view, errors=dict(errors)), ChangeKind.VIEW_UPDATED)

    def fill(self, view: View, block_id: str, action_id: str, entry: JSON) -> View:
        """Keeps what somebody typed or chose in a field; the app is not told by this."""
        block = {**view.typed.get(block_id, {}), action_id: entry}
        filled = replace(view, typed={**view.typed, block_id: block})
        return self._keep(filled, ChangeKind.VIEW_UPDATED)

    def publish(self, user: str, body: JSON, *, expected_hash: str | None = None) -> View:
        """Sets one person's Home tab.

        Raises:
            SlackError: it is too large, or changed since `expected_hash` was read.
        """
        current = self._homes.get(user)
        if expected_hash is not None and (current is None or current.hash != expected_hash):
            raise SlackError("hash_conflict")
        self._check(body, besides=current)
        view_id = current.id if current else self._new_id("V")
        complete = self._complete(body)
        kept = _still_there(current, complete) if current else {}
        view = View(view_id, user, complete, self._new_hash(), root_id=view_id, typed=kept)
        self._homes[user] = view
        self._announce(Change(ChangeKind.HOME_PUBLISHED, view))
        return view

    def close(self, view: View, *, whole_stack: bool = False) -> None:
        """Closes a view, or with it every view of its modal."""
        # The topmost first, as people see them go.
        for closed in reversed(self._stack(view) if whole_stack else [view]):
            self._modals.pop(closed.id, None)
            self._announce(Change(ChangeKind.VIEW_CLOSED, closed))

    def _stack(self, view: View) -> list[View]:
        return [each for each in self._modals.values() if each.root_id == view.root_id]

    def _add(self, user: str, body: JSON, *, onto: View | None) -> View:
        self._check(body)
        view_id = self._new_id("V")
        view = View(
            id=view_id,
            user=user,
            body=self._complete(body),
            hash=self._new_hash(),
            root_id=onto.root_id if onto else view_id,
            previous_id=onto.id if onto else None,
        )
        return self._keep(view, ChangeKind.VIEW_OPENED)

    def _keep(self, view: View, kind: ChangeKind) -> View:
        if view.body["type"] == "home":
            self._homes[view.user] = view
        else:
            self._modals[view.id] = view
        self._announce(Change(kind, view))
        return view

    def _check(self, body: JSON, *, besides: View | None = None) -> None:
        if is_too_large(body):
            raise SlackError("view_too_large")
        external_id = _external_id(body)
        taken = [
            view
            for view in (*self._modals.values(), *self._homes.values())
            if external_id and _external_id(view.body) == external_id
        ]
        if any(besides is None or view.id != besides.id for view in taken):
            raise SlackError("duplicate_external_id")

    def _complete(self, body: JSON) -> JSON:
        return {**body, "blocks": list(with_ids(body["blocks"], lambda: self._new_id("b")))}

    def _new_hash(self) -> str:
        return f"{int(self._clock())}.{secrets.token_hex(4)}"


def _still_there(view: View, body: JSON) -> dict[str, dict[str, JSON]]:
    """Returns what was typed in fields whose ids stay the same: methods/views.update keeps it."""
    fields = {
        (block["block_id"], element["action_id"], element["type"])
        for block in unrolled(body["blocks"])
        for element in elements_of(block)
    }
    return {
        block_id: {
            name: entry
            for name, entry in block.items()
            if (block_id, name, entry.get("type")) in fields
        }
        for block_id, block in view.typed.items()
    }


def _external_id(body: JSON) -> str:
    return str(body.get("external_id", ""))
