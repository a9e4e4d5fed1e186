"""What a page says of what was just done: a word in the address, never a text from it."""

SAID = {
    "agreed": "Written down. You can change it whenever you both want to.",
    "agreed_too": "You have agreed to this version.",
    "added": "The session is saved. Below is what was understood: put right what is not.",
    "understood": "Saved. Your word counts from now on, also when the notes are read again.",
    "some_gone": "Saved, but for what is not there any more: somebody has changed or erased it "
    "meanwhile.",
    "note": "The note is saved.",
    "promise": "Saved. Your word counts from now on, whatever the notes say.",
    "settled": "Settled. You find it below, among what was settled.",
    "shared": "Saved: who may see the note has changed.",
    "erased": "The note is erased.",
    "session_erased": "The session is erased, with your notes of it.",
    "key_ended": "That key opens nothing any more.",
    "asked": "Saved. It stands here until your next session.",
    "sample_ended": "The sample is gone, with all that you tried out in it.",
    "planned": "Saved: both of you see when you meet next.",
    "unplanned": "Taken back: no next session is planned.",
    "struck": "Struck, for you alone. You find it below the questions, should you want it back.",
    "brought_back": "It is back among the questions.",
    "consent": "Saved.",
    "signed_out": "That device is signed out.",
    "person": "Added.",
    "changed": "Saved.",
}
