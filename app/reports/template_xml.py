"""A part of somebody else's workbook as a tree that is written back as it was.

Names keep their prefixes and declarations: office programs list prefixes in `mc:Ignorable`, and a
tree that renames or drops them (ElementTree does) makes a file that Excel calls damaged.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

DEEPEST = 100  # elements inside each other; a sheet has about 8
_LINE_ENDS = {"\r": "&#13;"}
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


class Node:
    """An element: its name with prefix, its attributes, elements and texts inside in order."""

    __slots__ = ("attrs", "children", "tag")

    def __init__(self, tag: str, attrs: dict[str, str] | None = None, children: list[Node | str] | None = None) -> None:
        self.tag = tag
        self.attrs = attrs if attrs is not None else {}
        self.children = children if children is not None else []

    @property
    def local(self) -> str:
        """The name without its prefix."""
        return self.tag.rpartition(":")[2]

    @property
    def prefix(self) -> str:
        """`x:` of `x:worksheet`, '' where the namespace is the default one."""
        return self.tag[: len(self.tag) - len(self.local)]

    def __iter__(self) -> Iterator[Node]:
        return (child for child in self.children if isinstance(child, Node))

    def all(self, local: str) -> Iterator[Node]:
        """Elements of that name right inside."""
        return (child for child in self if child.local == local)

    def first(self, local: str) -> Node | None:
        return next(self.all(local), None)

    def walk(self) -> Iterator[Node]:
        """This element and everything inside it."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(list(node)))

    @property
    def text(self) -> str:
        """The text right inside."""
        return "".join(child for child in self.children if isinstance(child, str))

    @text.setter
    def text(self, text: str) -> None:
        self.children = [text] if text else []

    def copy(self) -> Node:
        """A tree of its own."""
        inner = [child if isinstance(child, str) else child.copy() for child in self.children]
        return Node(self.tag, dict(self.attrs), inner)

    def make(self, local: str, text: str = "", **attrs: str) -> Node:
        """A new element of the same prefix; it is not put anywhere."""
        return Node(self.prefix + local, attrs, [text] if text else [])


def parse(xml: bytes) -> Node:
    """The root of a part.  ValueError when it is no XML, is too deep, or declares a DOCTYPE."""
    stack: list[Node] = [Node("")]
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def start(tag: str, attrs: dict[str, str]) -> None:
        if len(stack) > DEEPEST:
            raise ValueError("too deep")
        node = Node(tag, attrs)
        stack[-1].children.append(node)
        stack.append(node)

    def refuse(*_: object) -> None:
        raise ValueError("no part of a workbook has a DOCTYPE")

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _tag: stack.pop()
    parser.CharacterDataHandler = lambda text: stack[-1].children.append(text)
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as fault:
        raise ValueError(str(fault)) from fault
    return next(iter(stack[0]))


def write(root: Node) -> bytes:
    """The part as bytes; line ends inside texts and attributes are read back as they are."""
    parts = [_HEAD]
    _write(root, parts)
    return "".join(parts).encode("utf-8")


def _write(node: Node, parts: list[str]) -> None:
    parts.append("<" + node.tag)
    parts.extend(f" {name}={quoteattr(value, _LINE_ENDS)}" for name, value in node.attrs.items())
    if not node.children:
        parts.append("/>")
        return
    parts.append(">")
    for child in node.children:
        if isinstance(child, str):
            parts.append(escape(child, _LINE_ENDS))
        else:
            _write(child, parts)
    parts.append(f"</{node.tag}>")
