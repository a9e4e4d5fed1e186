"""A talk of our own, published as LoCoMo publishes its own."""

FIRST = "I finally bought a kayak, a red one!"

SECOND = "Lovely. My sister\n keeps bees on her roof."

THIRD = "The bees swarmed, we needed a beekeeper."


def published(**changed):
    """One talk of two sessions; a third has a time and no turns, as in the published file."""
    talk = {
        "speaker_a": "Ines",
        "speaker_b": "Raul",
        "session_1_date_time": "1:56 pm on 8 May, 2023",
        "session_1": [
            {"speaker": "Ines", "dia_id": "D1:1", "text": FIRST, "img_url": ["a.jpg"]},
            {"speaker": "Raul", "dia_id": "D1:2", "text": SECOND},
        ],
        "session_2_date_time": "10:04 am on 19  June, 2023",
        "session_2": [{"speaker": "Raul", "dia_id": "D2:1", "text": THIRD}],
        "session_3_date_time": "9:00 am on 1 July, 2023",
    }
    questions = [
        {
            "question": "Which boat did Ines buy?",
            "answer": "a kayak",
            "evidence": ["D1:1"],
            "category": 4,
        },
        {
            "question": "What happened to the bees?",
            "evidence": ["D1:2", "D2:1", "D", "D8:6; D9:17"],
            "category": 1,
        },
        {"question": "Why?", "adversarial_answer": "no", "evidence": [], "category": 5},
    ]
    return [
        {"sample_id": "conv-1", "conversation": {**talk, **changed}, "qa": questions, "summary": {}}
    ]
