"""What a result rests on."""

from evals.results.provenance import provenance


def test_other_words_in_the_data_are_other_data(tmp_path):
    (tmp_path / "a.yaml").write_text("one", encoding="utf-8")
    before = provenance(tmp_path)
    (tmp_path / "a.yaml").write_text("two", encoding="utf-8")

    assert provenance(tmp_path).data != before.data
    assert provenance(tmp_path).lock == before.lock


def test_code_beside_the_data_is_no_data(tmp_path):
    before = provenance(tmp_path)
    (tmp_path / "loading.py").write_text("x = 1", encoding="utf-8")

    assert provenance(tmp_path).data == before.data


def test_a_single_file_may_be_the_data(tmp_path):
    file = tmp_path / "talks.json"
    file.write_text("[]", encoding="utf-8")

    assert provenance(file).data == provenance(tmp_path).data
