"""What the exporter's tests share."""

import unittest


class ExportCase(unittest.TestCase):
    def assert_stops(self, result, words):
        """The finished process RESULT failed with one line that has WORDS."""
        self.assertEqual(result.returncode, 1)
        lines = result.stderr.strip().splitlines()
        self.assertEqual(len(lines), 1, result.stderr)
        self.assertIn(words, lines[0])
