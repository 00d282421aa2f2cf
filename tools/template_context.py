"""Where in a page a value stands: a small HTML tokenizer that is fed a template's own words and knows, at each
{{ }}, whether that place is text, an attribute, an address, or a place where no value is safe.

It also refuses, at build time, what the page's Content-Security-Policy would refuse in the browser (inline
script, style and handlers), and tags that do not pair.
"""
import dataclasses
import re

VOID = set("area base br col embed hr img input link meta source track wbr".split())
RAW = set("script style xmp iframe noembed noframes plaintext".split())
RCDATA = {"title", "textarea"}
ADDRESSES = set("href src action formaction cite poster data xlink:href background manifest ping longdesc "
                "hx-get hx-post hx-put hx-patch hx-delete hx-push-url hx-replace-url".split())
# Attributes that are code or that make other attributes: a value has no business there.
CODE = re.compile(r"^(on.*|style|srcdoc|srcset|hx-on.*|hx-vals|hx-vars|hx-headers|hx-trigger|hx-ext|hx-config|"
                  r"hx-disable.*|hx-request|http-equiv)$")


class TemplateError(Exception):
    """A mistake in a template: file, line and reason."""

    def __init__(self, path, line, reason):
        super().__init__(f"{path}:{line}: error: {reason}")


class Misplaced(Exception):
    """A mistake in the markup; the caller knows the line."""


@dataclasses.dataclass(frozen=True)
class State:
    """Everything that must be the same where branches meet."""

    where: str = "text"     # text tag-open tag-name end-name in-tag attr-name after-name before-value value comment
    #                         declaration rcdata raw
    tag: str = ""
    attr: str = ""
    quote: str = ""
    value: str = ""         # of an attribute: "empty", "dynamic" (only a value so far) or "some"
    open: tuple = ()        # elements that are open, outermost first

    def told(self):
        """The place in words."""
        if self.where == "value":
            return f"the value of {self.attr}"
        if self.where in ("text", "rcdata", "raw"):
            inside = self.tag if self.where != "text" else (self.open[-1] if self.open else "")
            return f"text in <{inside}>" if inside else "text"
        return f"the tag <{self.tag}>"


class Context:
    """Feeds on static text, gives it back with its blanks made few, and answers what may stand here."""

    def __init__(self, state=State(), lenient_close=False):
        self.state = state
        self.lenient_close = lenient_close      # of a macro that closes what another opened
        self.after_blank = False                # the last letter written is a blank: another would be lost on a page

    def _to(self, where, **changes):
        self.state = dataclasses.replace(self.state, where=where, **changes)

    # -- static text

    def feed(self, text):
        """Takes a run of the template's own words; returns what is to be written for it."""
        out = []
        i = 0
        while i < len(text):
            step = getattr(self, "_" + self.state.where.replace("-", "_"))
            i = step(text, i, out)
        return "".join(out)

    def _text(self, text, i, out):
        end = text.find("<", i)
        run = text[i:] if end < 0 else text[i:end]
        if "pre" not in self.state.open:
            run = re.sub(r"\s+", lambda m: "\n" if "\n" in m.group() else " ", run)
            run = run[1:] if self.after_blank and run[:1] in (" ", "\n") else run
            self.after_blank = run[-1:] in (" ", "\n") if run else self.after_blank
        out.append(run)
        if end < 0:
            return len(text)
        self._to("tag-open")
        self.after_blank = False
        return end + 1

    def _tag_open(self, text, i, out):
        if text.startswith("!--", i):
            self._to("comment")
            return i + 3
        if text[i] == "!":
            out.append("<!")
            self._to("declaration")
            return i + 1
        if text[i] == "/":
            out.append("</")
            self._to("end-name", tag="")
            return i + 1
        if not text[i].isalpha():
            raise Misplaced("a bare < in the text; write &lt;")
        out.append("<")
        self._to("tag-name", tag="")
        return i

    def _comment(self, text, i, out):
        end = text.find("-->", i)
        if end < 0:
            return len(text)
        self._to("text")
        return end + 3

    def _declaration(self, text, i, out):
        end = text.find(">", i)
        if end < 0:
            raise Misplaced("a declaration must end within one run of text")
        out.append(text[i:end + 1])
        self._to("text")
        return end + 1

    def _tag_name(self, text, i, out):
        name = re.compile(r"[^\s/>]*").match(text, i).group()
        out.append(name)
        tag = self.state.tag + name.lower()
        if i + len(name) < len(text) and tag in ("style", "xmp", "plaintext"):
            raise Misplaced(f"<{tag}> has no place in a page: styles stand in the sheet")
        self._to("tag-name" if i + len(name) == len(text) else "in-tag", tag=tag)
        return i + len(name)

    def _end_name(self, text, i, out):
        end = text.find(">", i)
        if end < 0:
            raise Misplaced("an end tag must stand in one run of text")
        name = text[i:end].strip().lower()
        out.append(name + ">")
        self._close(name)
        return end + 1

    def _close(self, name):
        stack = self.state.open
        if not stack and self.lenient_close:
            self._to("text", tag="")
        elif not stack or stack[-1] != name:
            raise Misplaced(f"</{name}> where <{stack[-1]}> is open" if stack else f"</{name}> where nothing is open")
        else:
            self._to("text", tag="", open=stack[:-1])

    def _in_tag(self, text, i, out):
        blank = re.compile(r"\s*").match(text, i).group()
        if blank:
            out.append(" ")
            i += len(blank)
            if i == len(text):
                return i
        if text[i] == ">":
            out.append(">")
            self._open(self_closed=False)
            return i + 1
        if text.startswith("/>", i):
            out.append("/>")
            self._open(self_closed=True)
            return i + 2
        if text[i] in "=\"'<`/":
            raise Misplaced(f"a stray {text[i]} in the tag <{self.state.tag}>")
        self._to("attr-name", attr="")
        return i

    def _open(self, self_closed):
        tag = self.state.tag
        if tag in VOID or self_closed:
            if self_closed and tag not in VOID and not ({"svg", "math"} & set(self.state.open)):
                raise Misplaced(f"<{tag}/> closes itself only within svg")
            self._to("text", tag="")
        else:
            where = "raw" if tag in RAW else "rcdata" if tag in RCDATA else "text"
            self._to(where, tag="" if where == "text" else tag, open=self.state.open + (tag,))

    def _attr_name(self, text, i, out):
        name = re.compile(r"[^\s/>=\"']*").match(text, i).group()
        if name == "" and self.state.attr == "":
            raise Misplaced(f"a stray {text[i]} in the tag <{self.state.tag}>")
        out.append(name)
        attr = self.state.attr + name.lower()
        self._to("attr-name" if i + len(name) == len(text) else "after-name", attr=attr)
        return i + len(name)

    def _after_name(self, text, i, out):
        self._refuse_code_attribute()
        if text[i] == "=":
            out.append("=")
            self._to("before-value")
            return i + 1
        self._to("in-tag", attr="")
        return i

    def _refuse_code_attribute(self):
        if re.match(r"^(on|style$|srcdoc$|hx-on)", self.state.attr):
            raise Misplaced(f"{self.state.attr}= is refused by the page's policy: use a class, or the script in assets/")

    def _before_value(self, text, i, out):
        if text[i] in "\"'":
            out.append(text[i])
            self._to("value", quote=text[i], value="empty")
            return i + 1
        if text[i].isspace() or text[i] == ">":
            raise Misplaced(f"{self.state.attr}= without a value")
        self._to("value", quote="", value="empty")
        return i

    def _value(self, text, i, out):
        end = re.compile(r"[\s>]" if not self.state.quote else self.state.quote).search(text, i)
        run = text[i:end.start()] if end else text[i:]
        if run:
            self._check_address(run)
            self._to("value", value="some")
        out.append(run)
        if end is None:
            return len(text)
        quote = self.state.quote
        self._to("in-tag", attr="", quote="", value="")
        if quote:
            out.append(quote)
        return end.end() if quote else end.start()

    def _check_address(self, run):
        if self.state.attr not in ADDRESSES:
            return
        if self.state.value == "empty" and re.match(r"\s*(javascript|data|vbscript)\s*:", run, re.I):
            if not (self.state.tag == "img" and run.startswith("data:image/")):
                raise Misplaced(f"{self.state.attr} may not begin with {run.split(':')[0]}:")
        if self.state.value == "dynamic" and run[0] not in "/?#&":
            raise Misplaced(f"after a value at the start of {self.state.attr} comes / ? # or &, not “{run[0]}”")

    def _rcdata(self, text, i, out):
        return self._until_end(text, i, out)

    def _raw(self, text, i, out):
        return self._until_end(text, i, out)

    def _until_end(self, text, i, out):
        tag = self.state.tag
        end = re.compile(rf"</{tag}\s*>", re.I).search(text, i)
        run = text[i:end.start()] if end else text[i:]
        if self.state.where == "raw" and run.strip():
            raise Misplaced(f"words inside <{tag}>: the page's policy refuses inline {tag}")
        out.append(run)
        if end is None:
            return len(text)
        out.append(f"</{tag}>")
        self._close(tag)
        return end.end()

    # -- values

    def place(self):
        """What a {{ }} here must be written as: text, rcdata, attribute, address or url-part. Refuses unsafe places."""
        state = self.state
        if state.where == "text":
            return "text"
        if state.where == "rcdata":
            return "rcdata"
        if state.where == "raw":
            raise Misplaced(f"a value inside <{state.tag}> is unsafe")
        if state.where == "comment":
            raise Misplaced("a value inside an HTML comment is unsafe; use {# #}")
        if state.where == "before-value":
            raise Misplaced(f"a value in an attribute without quotes is unsafe: write {state.attr}=\"…\"")
        if state.where != "value":
            raise Misplaced("a value as the name of a tag or an attribute is unsafe")
        if not state.quote:
            raise Misplaced(f"a value in an attribute without quotes is unsafe: write {state.attr}=\"…\"")
        if CODE.match(state.attr) or state.attr.startswith("hx-on"):
            raise Misplaced(f"a value in {state.attr}= is unsafe: it would be read as code")
        if state.attr in ADDRESSES:
            return "address" if state.value == "empty" else "url-part"
        return "attribute"

    def value_written(self):
        """Tells that a value has been put here."""
        self.after_blank = False
        if self.state.where == "value":
            self._to("value", value="dynamic" if self.state.value in ("empty", "dynamic") else "some")

    def settle(self):
        """At a {% %} an attribute's name is complete: <input{% if … %} required{% endif %}>."""
        if self.state.where in ("attr-name", "after-name"):
            self._refuse_code_attribute()
            self._to("in-tag", attr="")
        elif self.state.where == "tag-name":
            self._to("in-tag")
        elif self.state.where in ("tag-open", "end-name", "before-value"):
            raise Misplaced("a {% %} may not stand here, in the middle of a tag")


def joined(one, other, what):
    """The state where two branches meet."""
    if one == other:
        return one
    if dataclasses.replace(one, value="") == dataclasses.replace(other, value=""):
        values = {one.value, other.value}
        if one.attr in ADDRESSES and values == {"empty", "some"}:
            raise Misplaced(f"{what}: each branch must write the beginning of {one.attr}, or none")
        return dataclasses.replace(one, value="dynamic" if "dynamic" in values else "some")
    raise Misplaced(f"{what} ends in {one.told()} one way and in {other.told()} the other "
                    f"(open: {' '.join(one.open) or '-'} / {' '.join(other.open) or '-'})")
