#!/usr/bin/env python3
"""The table writer: what a cell becomes in C, and that mistakes are refused at their own line."""
import importlib.machinery
import importlib.util
import pathlib
import unittest

path = str(pathlib.Path(__file__).resolve().parent / "datatable")
loader = importlib.machinery.SourceFileLoader("datatable", path)
datatable = importlib.util.module_from_spec(importlib.util.spec_from_loader("datatable", loader))
loader.exec_module(datatable)

HEAD = "id\tdays:int\tweight:num\tloud:bool\tevidence\tsource\n"


def refusal(text):
    try:
        datatable.parse_table(text)
    except datatable.TableError as mistake:
        return str(mistake)
    return ""


class Datatable(unittest.TestCase):
    def test_cells_become_c_values(self):
        columns, rows = datatable.parse_table(HEAD + '# a comment\n\na"\\d??\t-3\t0.50\tyes\tknown\tus\nb\t\t\t\tknown\tus\n')
        written = datatable.source_of("x", columns, rows)
        self.assertIn(r'{ .id = "a\"\\d?\?", .days = -3, .weight = 0.5, .loud = true,', written)
        self.assertIn('{ .id = "b", .days = DATA_NONE, .weight = NAN, .loud = false,', written)
        self.assertIn("n_data_x = 2;", written)
        self.assertIn("double weight;", datatable.header_of("x", columns))

    def test_cell_count_is_refused_at_its_line(self):
        self.assertEqual(refusal(HEAD + "a\t1\t1\tyes\tknown\tus\nb\t1\n"), "3: 2 cells, but 6 columns are named")

    def test_rows_of_a_folder_follow_under_the_same_columns(self):
        texts = [("data/x.tsv", HEAD + "a\t1\t1\tyes\tknown\tus\n"), ("f/x.tsv", HEAD + "b\t2\t1\tno\tknown\tus\n")]
        self.assertEqual([row[0] for row in datatable.parse_tables(texts)[1]], ["a", "b"])

    def test_an_id_of_another_file_is_refused_with_both_places(self):
        texts = [("data/x.tsv", HEAD + "a\t1\t1\tyes\tknown\tus\n"), ("f/x.tsv", HEAD + "a\t2\t1\tno\tknown\tus\n")]
        with self.assertRaisesRegex(datatable.TableError, "f/x.tsv:2: id 'a' stands on data/x.tsv:2 already"):
            datatable.parse_tables(texts)

    def test_other_columns_in_a_folder_are_refused(self):
        texts = [("data/x.tsv", HEAD + "a\t1\t1\tyes\tknown\tus\n"), ("f/x.tsv", "id\tevidence\tsource\nb\tknown\tus\n")]
        with self.assertRaisesRegex(datatable.TableError, "f/x.tsv:1: other columns"):
            datatable.parse_tables(texts)

    def test_a_table_without_source_is_refused(self):
        self.assertIn("1: a table needs the columns", refusal("id\tname\na\tb\n"))
        self.assertEqual(refusal("id\tsource\tyear:int\na\tus\t2026\n"), "")

    def test_a_row_without_source_is_refused(self):
        self.assertIn("2: column source is empty", refusal(HEAD + "a\t1\t1\tyes\tknown\t\n"))
        self.assertIn("2: column evidence: 'heard'", refusal(HEAD + "a\t1\t1\tyes\theard\tus\n"))

    def test_wrong_types_are_refused(self):
        self.assertIn("2: column days: '1.5'", refusal(HEAD + "a\t1.5\t1\tyes\tknown\tus\n"))
        self.assertIn("2: column weight: 'much'", refusal(HEAD + "a\t1\tmuch\tyes\tknown\tus\n"))
        self.assertIn("2: column loud: 'maybe'", refusal(HEAD + "a\t1\t1\tmaybe\tknown\tus\n"))
        self.assertIn("1: column days: type 'date'", refusal("id\tdays:date\tevidence\tsource\n"))

    def test_an_id_twice_is_refused(self):
        row = "a\t1\t1\tyes\tknown\tus\n"
        self.assertEqual(refusal(HEAD + row + row), "3: id 'a' stands on line 2 already")


if __name__ == "__main__":
    unittest.main()
