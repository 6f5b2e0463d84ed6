"""Fixtures for all tests: what lies outside, and a desk process to click through."""

from tests.outside import *  # noqa: F403
