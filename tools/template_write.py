"""Jinja2's syntax tree of a template, written out as C. See tools/template for what a template may say."""
import pathlib
import re

from jinja2 import Environment, nodes
from jinja2.exceptions import TemplateSyntaxError

from template_context import Context, Misplaced, State, TemplateError, joined

HEAD = re.compile(r"\s*\{#-?\s*(view|macros):\s*(?:struct\s+(\w+)\s+from\s+)?\"([^\"]+)\"\s*-?#\}")
USES = re.compile(r"\{#-?\s*uses:\s*\"([^\"]+)\"\s*-?#\}")
ADDRESS_FILTERS = {"url", "id", "iso"}      # filters whose letters need no encoding in an address
COMPARE = {"eq": "==", "ne": "!=", "lt": "<", "lteq": "<=", "gt": ">", "gteq": ">="}
ARITHMETIC = {nodes.Add: "+", nodes.Sub: "-", nodes.Mul: "*", nodes.FloorDiv: "/", nodes.Mod: "%"}


def c_text(text):
    """A C literal of these letters."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("??", "?\\?").replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'


def escaped(text):
    """As html_text() writes it."""
    for letter, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&#34;"), ("'", "&#39;")):
        text = text.replace(letter, entity)
    return text


def c_name(path):
    """Name of a template in C: page/part.html -> part, feature/people/list.html -> people_list."""
    parts = list(path.with_suffix("").parts)
    if parts[0] in ("page", "feature"):
        parts = parts[1:]
    if len(parts) > 1 and parts[-1].startswith(parts[-2]):
        parts = parts[:-2] + parts[-1:]
    return re.sub(r"\W", "_", "_".join(parts))


class Template:
    """A parsed file: what its first comment says, and its tree."""

    def __init__(self, root, path):
        self.root = root                    # the folder src/
        self.path = pathlib.Path(path)      # below it
        self.shown = (pathlib.Path(root.name) / self.path).as_posix()
        try:
            self.source = (root / self.path).read_text(encoding="utf-8")
        except OSError as reason:
            raise TemplateError(self.shown, 1, f"cannot be read: {reason.strerror}") from None
        head = HEAD.match(self.source)
        if not head:
            raise TemplateError(self.shown, 1, 'the first line must be {# view: struct NAME from "HEADER" #} '
                                               'or {# macros: "HEADER" #}')
        self.kind, self.view, self.header = head.groups()
        self.uses = USES.findall(self.source)
        self.name = c_name(self.path)
        environment = Environment(trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=False)
        try:
            self.tree = environment.parse(self.source, filename=self.shown)
        except TemplateSyntaxError as mistake:
            raise TemplateError(self.shown, mistake.lineno, mistake.message) from None
        self.parent = next((node.template.value for node in self.tree.body if isinstance(node, nodes.Extends)), None)

    def blocks(self):
        return list(self.tree.find_all(nodes.Block))

    def macros(self):
        return [node for node in self.tree.body if isinstance(node, nodes.Macro)]


class Function:
    """One C function in the making: its text, and where in the page its end stands."""

    def __init__(self, writer, names, context):
        self.writer = writer
        self.names = dict(names)            # what a bare name means in C
        self.loops = []
        self.context = context
        self.lines = []
        self.static = ""
        self.at = None
        self.depth = 1

    # -- writing

    def emit(self, line_no, code):
        self.flush()
        if line_no is not None and (self.writer.path, line_no) != self.at:
            self.lines.append(f"#line {line_no} {c_text(self.writer.path)}")
        self.at = (self.writer.path, line_no + 1) if line_no is not None else None
        self.lines.append("    " * self.depth + code)

    def flush(self):
        if self.static:
            text, self.static = self.static, ""
            self.lines.append("    " * self.depth + f"html_raw(out, {c_text(text)}, {len(text.encode())});")
            self.at = None

    def fail(self, node, reason):
        raise TemplateError(self.writer.path, node.lineno, reason)

    def place(self, node):
        try:
            return self.context.place()
        except Misplaced as mistake:
            self.fail(node, str(mistake))

    # -- statements

    def body(self, children):
        for node in children:
            method = getattr(self, "do_" + type(node).__name__.lower(), None)
            if method is None:
                self.fail(node, f"{type(node).__name__} is not in this template language")
            method(node)

    def do_output(self, node):
        for child in node.nodes:
            if isinstance(child, nodes.TemplateData):
                self.words(child)
            else:
                self.value(child)

    def words(self, node):
        line = node.lineno
        for piece in re.split(r"(?<=\n)", node.data):
            try:
                self.static += self.context.feed(piece) if piece else ""
            except Misplaced as mistake:
                raise TemplateError(self.writer.path, line, str(mistake)) from None
            line += piece.count("\n")

    def value(self, node):
        if isinstance(node, nodes.Call):
            return self.call(node)
        place = self.place(node)
        if isinstance(node, nodes.Const) and isinstance(node.value, str) and place not in ("address", "url-part"):
            self.static += escaped(node.value)
        elif isinstance(node, nodes.CondExpr):
            self.choose(node)
            return None
        elif isinstance(node, nodes.Filter):
            if place == "address" or (place == "url-part" and node.name not in ADDRESS_FILTERS):
                self.fail(node, f"|{node.name} may not write a part of an address")
            if node.name in ("safe", "escape", "e", "raw"):
                self.fail(node, f"|{node.name} does not exist: text is escaped by its type, markup is a struct html")
            arguments = ", ".join(self.of(item) for item in [node.node] + node.args)
            self.emit(node.lineno, f"filter_{node.name}(out, {arguments});")
        else:
            kinds = {"text": "HTML_AS_TEXT", "rcdata": "HTML_AS_ATTRIBUTE", "attribute": "HTML_AS_ATTRIBUTE",
                     "address": "HTML_AS_ADDRESS", "url-part": "HTML_AS_URL_PART"}[place]
            code = self.of(node)
            self.emit(node.lineno, f"_Generic(({code}), {kinds})(out, ({code}));")
        self.context.value_written()
        return None

    def choose(self, node):
        """{{ a if test else b }}: both are written as what they are."""
        def branch(value):
            return nodes.Output([value], lineno=node.lineno)
        self.branches(node, [(node.test, [branch(node.expr1)])], [branch(node.expr2)] if node.expr2 else [])

    def do_if(self, node):
        tests = [(node.test, node.body)] + [(more.test, more.body) for more in node.elif_]
        self.branches(node, tests, node.else_)

    def branches(self, node, tests, otherwise):
        self.settle(node)
        before = self.spot()
        ends = []
        for number, (test, body) in enumerate(tests):
            word = "if" if number == 0 else "} else if"
            self.emit(test.lineno, f"{word} ({self.test(test)}) {{")
            ends.append(self.inner(node, body, before))
        if otherwise:
            self.emit(None, "} else {")
            ends.append(self.inner(node, otherwise, before))
        else:
            ends.append(before)
        self.emit(None, "}")
        self.meet(node, ends, "an {% if %}")

    def spot(self):
        """Where this place is: the state, and whether a blank was written last."""
        return self.context.state, self.context.after_blank

    def inner(self, node, body, before):
        """Writes a nested body that starts at the spot `before`; returns the spot where it ends."""
        self.context.state, self.context.after_blank = before
        names = dict(self.names)
        self.depth += 1
        self.body(body)
        self.flush()
        self.depth -= 1
        self.names = names
        self.settle(node)
        return self.spot()

    def settle(self, node):
        try:
            self.context.settle()
        except Misplaced as mistake:
            self.fail(node, str(mistake))

    def meet(self, node, ends, what):
        state = ends[0][0]
        for other, _ in ends[1:]:
            try:
                state = joined(state, other, what)
            except Misplaced as mistake:
                self.fail(node, str(mistake))
        self.context.state = state
        self.context.after_blank = all(after_blank for _, after_blank in ends)

    def do_for(self, node):
        if node.test or node.recursive:
            self.fail(node, "a loop has neither a condition nor recursion: choose the rows in C")
        if not isinstance(node.target, nodes.Name):
            self.fail(node, "a loop has one variable")
        self.settle(node)
        before = self.spot()
        place, count = self.array(node.iter)
        number = self.writer.next_number()
        index, rows, row = f"i_{number}", f"n_{number}", f"{node.target.name}_{number}"
        self.emit(node.lineno, f"const size_t {rows} = {count};")
        self.emit(node.lineno, f"for (size_t {index} = 0; {index} < {rows}; {index}++) {{")
        self.emit(node.lineno, f"    const __typeof__({place}[0]) *{row} = &{place}[{index}];")
        self.emit(node.lineno, f"    (void){row};")
        self.loops.append((index, rows))
        outer = dict(self.names)
        self.names[node.target.name] = f"(*{row})"
        end = self.inner(node, node.body, (before[0], False))
        self.names = outer
        self.loops.pop()
        self.emit(None, "}")
        self.meet(node, [before, end], "a {% for %}")
        if node.else_:
            self.emit(node.lineno, f"if ({rows} == 0) {{")
            end = self.inner(node, node.else_, before)
            self.emit(None, "}")
            self.meet(node, [before, end], "the {% else %} of a {% for %}")

    def array(self, node):
        """An array and its length: people goes with n_people."""
        if isinstance(node, nodes.Getattr):
            owner = self.of(node.node)
            return f"HTML_AT({owner})->{node.attr}", f"HTML_AT({owner})->n_{node.attr}"
        if isinstance(node, nodes.Name) and node.name in self.names and "n_" + node.name in self.names:
            return self.names[node.name], self.names["n_" + node.name]
        if isinstance(node, nodes.Name) and node.name not in self.names and "view" in self.names:
            return f"view->{node.name}", f"view->n_{node.name}"
        return self.fail(node, "a loop runs over a field that has a field n_… beside it")

    def do_assign(self, node):
        if not isinstance(node.target, nodes.Name):
            self.fail(node, "{% set %} sets one name")
        self.names[node.target.name] = f"({self.of(node.node)})"

    def do_block(self, node):
        self.writer.block_met(self, node)

    def do_macro(self, node):
        if self.depth != 1:
            self.fail(node, "a macro stands at the top of a file")

    def do_import(self, node):
        pass

    def do_extends(self, node):
        pass

    def do_include(self, node):
        if not isinstance(node.template, nodes.Const):
            self.fail(node, "the name of an included file is a literal")
        self.flush()
        self.writer.include(self, node)

    def call(self, node):
        if not (isinstance(node.node, nodes.Getattr) and isinstance(node.node.node, nodes.Name)) \
                and not isinstance(node.node, nodes.Name):
            self.fail(node, "only macros can be called")
        if isinstance(node.node, nodes.Name):
            template, name = self.writer.template, node.node.name
        else:
            template, name = self.writer.imported(node, node.node.node.name), node.node.attr
        macro = next((item for item in template.macros() if item.name == name), None)
        if macro is None:
            self.fail(node, f"{template.shown} has no macro {name}")
        if self.place(node) != "text":
            self.fail(node, f"the macro {name} writes markup, and this is {self.context.state.told()}")
        kinds = macro_types(template, macro)
        if len(node.args) != len(kinds) or node.kwargs:
            self.fail(node, f"the macro {name} takes {len(kinds)} values in order, {len(node.args)} are given")
        arguments = ["out"]
        for value, kind in zip(node.args, kinds):
            code = self.of(value)
            arguments.append(f"HTML_AT({code})" if kind.startswith("struct ") else code)
        self.emit(node.lineno, f"{template.name}_{name}({', '.join(arguments)});")

    # -- expressions

    def of(self, node):
        """The value of an expression, in C."""
        if isinstance(node, nodes.Name):
            return self.name(node)
        if isinstance(node, nodes.Getattr):
            if isinstance(node.node, nodes.Name) and node.node.name == "loop":
                return self.loop(node)
            if isinstance(node.node, nodes.Name) and node.node.name == "view" and "view" in self.names:
                return f"view->{node.attr}"
            return f"HTML_AT({self.of(node.node)})->{node.attr}"
        if isinstance(node, nodes.Getitem):
            return f"({self.of(node.node)})[{self.of(node.arg)}]"
        if isinstance(node, nodes.Const):
            return self.constant(node)
        if isinstance(node, (nodes.And, nodes.Or, nodes.Not, nodes.Compare)):
            return f"(int)({self.test(node)})"
        if type(node) in ARITHMETIC:
            return f"({self.of(node.left)} {ARITHMETIC[type(node)]} {self.of(node.right)})"
        if isinstance(node, nodes.Neg):
            return f"(-{self.of(node.node)})"
        if isinstance(node, nodes.CondExpr) and node.expr2 is not None:
            return f"({self.test(node.test)} ? {self.of(node.expr1)} : {self.of(node.expr2)})"
        return self.fail(node, f"{type(node).__name__} is not in this template language")

    def name(self, node):
        if node.name in self.names:
            return self.names[node.name]
        if re.fullmatch(r"[A-Z][A-Z0-9_]*", node.name):
            return node.name                # a constant of C
        if "view" in self.names:
            return f"view->{node.name}"
        return self.fail(node, f"{node.name} is neither a parameter of this macro nor set in it")

    def constant(self, node):
        if isinstance(node.value, bool):
            return "true" if node.value else "false"
        if isinstance(node.value, str):
            return c_text(node.value)
        if node.value is None:
            return "NULL"
        if isinstance(node.value, int):
            return str(node.value)
        return self.fail(node, "numbers are whole")

    def loop(self, node):
        if not self.loops:
            self.fail(node, "loop stands outside of a loop")
        index, rows = self.loops[-1]
        known = {"index": f"({index} + 1)", "index0": index, "first": f"({index} == 0)",
                 "last": f"({index} + 1 == {rows})", "length": rows}
        if node.attr not in known:
            self.fail(node, f"loop.{node.attr} is not in this template language")
        return known[node.attr]

    def test(self, node):
        """An expression as a condition, in C."""
        if isinstance(node, nodes.And):
            return f"({self.test(node.left)} && {self.test(node.right)})"
        if isinstance(node, nodes.Or):
            return f"({self.test(node.left)} || {self.test(node.right)})"
        if isinstance(node, nodes.Not):
            return f"!({self.test(node.node)})"
        if isinstance(node, nodes.Compare):
            return self.compare(node)
        if isinstance(node, nodes.Const) and isinstance(node.value, bool):
            return "true" if node.value else "false"
        code = self.of(node)
        return f"_Generic(({code}), HTML_AS_TRUTH)({code})"

    @staticmethod
    def same(left, right):
        return f"_Generic(({left}), HTML_AS_SAME)({left}, {right})"

    def compare(self, node):
        if len(node.ops) != 1:
            self.fail(node, "one comparison at a time")
        left, operand = self.of(node.expr), node.ops[0]
        if operand.op in ("in", "notin"):
            if not isinstance(operand.expr, (nodes.Tuple, nodes.List)):
                self.fail(node, "in is followed by a list of constants")
            any_of = " || ".join(self.same(left, self.of(item)) for item in operand.expr.items)
            return f"({any_of})" if operand.op == "in" else f"!({any_of})"
        right = self.of(operand.expr)
        if right == "NULL":
            return f"({left} {COMPARE[operand.op]} NULL)"
        if operand.op in ("eq", "ne"):
            return ("" if operand.op == "eq" else "!") + self.same(left, right)
        return f"({left} {COMPARE[operand.op]} {right})"


def macro_types(template, macro):
    """C types of a macro's parameters: {% macro tie(tie="struct tie_part", n="int") %}."""
    if len(macro.defaults) != len(macro.args):
        raise TemplateError(template.shown, macro.lineno, f"every parameter of {macro.name} names its C type: "
                                                          f"{macro.args[0].name}=\"struct …\"")
    return [default.value for default in macro.defaults]


class Writer:
    """Writes one template's header and source."""

    def __init__(self, root, path):
        self.root = root
        self.template = Template(root, path)
        self.path = self.template.shown     # of the file that #line speaks of; changes within an include
        self.read = {self.template.path: self.template}
        self.number = 0
        self.functions = []                 # finished C functions
        self.blocks = {}                    # block name -> where it stands, for the frame's children
        self.aliases = {}

    def next_number(self):
        self.number += 1
        return self.number

    def load(self, path):
        path = pathlib.Path(path)
        if path not in self.read:
            self.read[path] = Template(self.root, path)
        return self.read[path]

    def imported(self, node, alias):
        for item in self.template.tree.body:
            if isinstance(item, nodes.Import) and item.target == alias:
                return self.load(item.template.value)
        raise TemplateError(self.path, node.lineno, f"{alias} is not imported")

    def include(self, function, node):
        """The other file's words as if they stood here, with the names of here."""
        other = self.load(node.template.value)
        here, self.path = self.path, other.shown
        function.body(other.tree.body)
        function.flush()
        self.path = here

    # -- functions

    def finish(self, function, head):
        function.flush()
        state = function.context.state
        if state.where != "text":
            raise TemplateError(self.path, 1, f"{head.split('(')[0].split()[-1]} ends in {state.told()}")
        self.functions.append(head + "\n{\n" + "\n".join(function.lines) + ("\n" if function.lines else "") + "}\n")

    def balanced(self, function, lineno, name):
        if function.context.state.open:
            raise TemplateError(self.path, lineno, f"{name} leaves <{function.context.state.open[-1]}> open")

    def block_met(self, function, node):
        """In a frame: the child's block, or what stands here. In a page: a function of its own."""
        function.settle(node)
        if function.context.state.where not in ("text", "rcdata"):
            function.fail(node, "a {% block %} stands in text")
        context = Context(State(function.context.state.where, tag=function.context.state.tag))
        inner = Function(self, {"view": "view"}, context)
        inner.body(node.body)
        if context.state.open or context.state.where != function.context.state.where:
            function.fail(node, f"the block {node.name} ends in another place than it begins")
        name = f"{self.template.name}_block_{node.name}"
        context.state = State()
        self.finish(inner, f"void {name}(struct html_out *out, const struct {self.template.view} *view)")
        if self.is_frame:
            function.emit(None, f"if (blocks->{node.name} != NULL) {{")
            function.emit(None, f"    blocks->{node.name}(out, page);")
            function.emit(None, "} else {")
            function.emit(None, f"    {name}(out, view);")
            function.emit(None, "}")
        else:
            function.emit(None, f"{name}(out, view);")

    @property
    def is_frame(self):
        return self.template.path.name == "frame.html"

    def write(self):
        for macro in self.template.macros():
            self.write_macro(macro)
        if self.template.kind == "view":
            if self.template.parent:
                self.write_child()
            else:
                self.write_page()
        return self.header(), self.source()

    def write_macro(self, macro):
        kinds = macro_types(self.template, macro)
        names = {}
        for argument, kind in zip(macro.args, kinds):
            names[argument.name] = argument.name
        function = Function(self, names, Context(lenient_close=macro.name.endswith("_close")))
        function.body(macro.body)
        if not macro.name.endswith("_open"):
            self.balanced(function, macro.lineno, f"the macro {macro.name}")
        self.finish(function, self.macro_head(macro))

    def macro_head(self, macro):
        parameters = ["struct html_out *out"]
        for argument, kind in zip(macro.args, macro_types(self.template, macro)):
            kind = f"const {kind} *" if kind.startswith("struct ") and not kind.endswith("*") else kind + " "
            parameters.append((kind + argument.name).replace("* ", "*"))
        return f"void {self.template.name}_{macro.name}({', '.join(parameters)})"

    def render_head(self):
        view = f"const struct {self.template.view} *view"
        more = f", const struct {self.template.name}_blocks *blocks, const void *page" if self.is_frame else ""
        return f"void {self.template.name}_render(struct html_out *out, {view}{more})"

    def write_page(self):
        function = Function(self, {"view": "view"}, Context())
        function.body(self.template.tree.body)
        function.flush()
        self.balanced(function, 1, "the page")
        self.finish(function, self.render_head())

    def write_child(self):
        parent = self.load(self.template.parent)
        known = {block.name for block in parent.blocks()}
        function = Function(self, {"view": "view"}, Context())
        for node in self.template.tree.body:
            if isinstance(node, nodes.Output) and "".join(getattr(c, "data", "x") for c in node.nodes).strip():
                function.fail(node, "words outside of the blocks of a page that extends another are never shown")
            if isinstance(node, nodes.Block):
                if node.name not in known:
                    function.fail(node, f"{parent.shown} has no block {node.name}")
                self.write_block(node)
        name = self.template.name
        table = ", ".join(f".{block.name} = {name}_put_{block.name}" for block in self.template.blocks()
                          if block.name in known)
        function.emit(1, f"static const struct {parent.name}_blocks blocks = {{ {table} }};")
        function.emit(1, f"{parent.name}_render(out, HTML_AT(view->frame), &blocks, view);")
        self.finish(function, self.render_head())

    def write_block(self, node):
        head = Function(self, {"view": "view"}, Context())
        self.block_met(head, node)
        name = self.template.name
        self.functions.append(f"static void {name}_put_{node.name}(struct html_out *out, const void *page)\n{{\n"
                              f"    {name}_block_{node.name}(out, page);\n}}\n")

    # -- files

    def header(self):
        template = self.template
        guard = f"LIGATURE_TPL_{template.name.upper()}_H"
        lines = [f"/* Written by tools/template from {template.shown}: change that file, not this one. */",
                 f"#ifndef {guard}", f"#define {guard}", "", '#include "page/html.h"', f'#include "{template.header}"']
        lines += [f'#include "{used}"' for used in template.uses] + [""]
        if template.kind == "view":
            for block in template.blocks():
                lines.append(f"void {template.name}_block_{block.name}(struct html_out *out, "
                             f"const struct {template.view} *view);")
            if self.is_frame:
                lines.append(f"struct {template.name}_blocks {{")
                for block in template.blocks():
                    lines.append(f"    void (*{block.name})(struct html_out *out, const void *page);")
                lines.append("};")
            lines.append(self.render_head() + ";")
        for macro in template.macros():
            lines.append(self.macro_head(macro) + ";")
        return "\n".join(lines + ["", "#endif", ""])

    def source(self):
        template = self.template
        lines = [f"/* Written by tools/template from {template.shown}: change that file, not this one. */",
                 f'#include "{template.name}.tpl.h"', '#include "page/filter.h"']
        for other in self.read.values():
            if other is not template and (other.kind == "macros" or other.path.as_posix() == template.parent):
                lines.append(f'#include "{other.name}.tpl.h"')
        lines += ["", "#pragma GCC diagnostic error \"-Wint-conversion\"",
                  "#pragma GCC diagnostic error \"-Wincompatible-pointer-types\"",
                  "#pragma GCC diagnostic error \"-Wimplicit-function-declaration\"", ""]
        return "\n".join(lines) + "\n" + "\n".join(self.functions)
