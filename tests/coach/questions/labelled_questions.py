"""Questions as people write them, each with the rules it breaks, in words of no pair."""

GOOD = """
What did you learn from the talk with your manager?
What would a first small step look like to you?
On 4 March you said the talk with Ana felt stuck; what would a first small step look like to you?
How did that go?
How did the interview go?
What's the next step you want to take?
What’s different since we last met?
Who could help you with the budget?
Where do you feel you are making the most progress?
When do you feel at your best in the team?
Which part of the plan feels most useful to you?
How will you know that the goal is met?
How would you both know this goal is met?
What do you want from the next session, in one specific ask?
What could you offer back?
What does good look like here?
What does good work look like to you?
What would make this easy to finish, or fine to drop?
When you look back at the spring, what are you proud of?
If you had one more hour a week, what would you do with it?
As you prepare for the panel, what matters most to you?
Before you decide, what would you like to know?
In what way has the new role changed your week?
To what extent does the plan still fit?
On a scale of 1 to 10, how ready do you feel?
With whom would you like to share this?
By when would you like to have the draft done?
From your point of view, what got in the way?
You wrote “have you tried asking her?” on 3 March. What do you make of it now?
Ana wrote "isn't it time to stop?" in May. What would stopping look like?
You asked ‘why don’t you delegate?’ in May. What answer would you give now?
In your notes you called it 'failed to launch'. What would you call it today?
What did you mean by “amazing mess”?
What do you need to learn first?
What do you have to let go of?
What should we talk about today?
What have you tried so far?
What options have you considered?
Which of these have you tried already?
What would happen if you did nothing?
What made that work?
What went well in the workshop?
What helped you get through the audit?
What will you keep doing because of it?
How would you explain that aloud to a stranger?
What is it that you really want?
How do you want to be remembered by this team?
What do you know now that you did not know in January?
What do you notice when you talk about the board?
What stands between you and the first draft?
What obstacles do you expect on the way?
How much time would you like to give it?
How often would you like to check in with Mara?
How many calls feel right to you?
How long would you give the pilot?
What is one thing you could do by Friday?
What would you tell a friend in the same spot?
How might you explain the choice to your team?
What are the two or three things that matter most?
What would help you decide what to keep and what to drop?
Who needs to know about it before the launch?
What happens when you say no?
What surprised you about the feedback?
What did you notice about how you listened and how you spoke?
What, if anything, would you change about the plan?
What, in your view, made the difference?
Thanks for the update. What feels most important today?
The draft went out on Monday. How was it received?
“CV draft”, due 1 March, was open on 4 and 18 March; what got in its way?
I noticed the same worry on 3 March and 17 March. What do you make of it?
You said you would call Ana. How did it go?
So, what would you like to take away from today?
And what else?
Then what would be different?
Ben, what would you like to explore first?
Looking back, what would you do differently?
Imagine it is December: what has changed?
Say the plan works out – what becomes possible?
Where does the release stand?
Where might you find that kind of support?
How can I best support you this month?
What can you influence here?
What could be a different way to look at it?
Which goal deserves your attention next?
What role does trust play in that?
What did the failed release teach you?
What makes this goal matter to you?
How are you measuring progress on the certificate?
What part of the work gives you energy?
How does this fit with the goal of leading a release?
What would you like to hear from me?
Why does this goal matter to you?
Why did you choose the smaller team?
What do you think you should do next?
What did Ana, who leads the team, say about it?
What changes when the new manager starts?
Whose opinion matters most to you in this?
How do you feel about the plan now?
What was hardest about the exam?
What have you learned about yourself since April?
The plan says “no weekends”. How has that worked for you?
What do you already do well that you can build on?
What is clearer to you now than a month ago?
How would your team notice that you delegate more?
What are you avoiding, in your own words?
At which point did the mood change?
What would you do if the client says no?
What do you remember best of the last talk?
How do you and your team celebrate what works?
What did you try and learn this month?
What do you want to stop, start or continue?
What has to be true for the pilot to begin?
How was the week for you?
Tell me more: what happened after the review?
On 3 March and 17 March the notes tell of “late replies”. What do you make of it?
What do you hope to say and not just to think?
What did saying no cost you?
May was quiet; what made it so?
Hasn’t is a word she used; what did she mean by it?
“Great job” is what Ana wrote; how did you take it?
Will wrote on 3 May that he was tired. What has changed since?
What is so great about working from home?
What would a nice week look like?
And then?
What would you weigh up if you stood where I stand?
• How could you make Thursday’s call easier for yourself?
1) What are you looking forward to?
Why is the certificate so important to you?
What makes you think so?
What about the audit stays with you?
How close to done is the grant text?
Suppose the grant comes through; what changes on Monday?
""".strip().splitlines()

BAD = """
Q1 Q2 Q4 Q5 | Have you tried asking your boss, and why not?
Q1 | What happened? What will you do next?
Q1 | What did you try and why did it not work out?
Q1 | How did it go, and what did you learn?
Q1 | What worked and what didn't?
Q1 | What worked, and who helped?
Q1 | How and when will you tell Ana?
Q1 | Who will you ask and when?
Q1 | What do you want, and how will you get there?
Q1 | What is your goal and is it realistic?
Q1 | Where are you now; where do you want to be?
Q1 | What did you do, why did you do it?
Q1 | What would help? Who could give it?
Q1 | What is the plan – and how does the team see it?
Q1 | What would you keep, or what would you rather drop?
Q1 | What do you need from me and by when do you need it?
Q1 | How do you feel? Why?
Q1 | Which goal matters most, and why?
Q1 | Tell me about the release.
Q1 | Tell me about the talk with your manager.
Q1 | Think about what you want from next week.
Q1 | I would like to hear how the exam went.
Q1 | Let me know what you think
Q1 | You seem to have a lot going on
Q1 | What did you learn from the pilot
Q1 | What stood out? And what else? And then?
Q1 | How is the team, but also how are you?
Q1 Q2 | Is the draft done, and if so, when can I see it?
Q1 Q2 | Did you call her? What did she say?
Q1 Q2 | Did you finish the report, and why did you choose that format?
Q1 | What is next and do you have time for it?
Q1 Q2 | Do you like it? Is it useful?
Q1 Q2 | Are you ready or do you need more time?
Q2 | Did you finish it?
Q2 | Do you feel ready for the exam?
Q2 | Is the plan still realistic?
Q2 | Are you happy with the result?
Q2 | Was the workshop useful?
Q2 | Have you called the board?
Q2 | Has the new manager started?
Q2 | Can you tell me what happened in the review?
Q2 | Could you say more about that?
Q2 | Could you walk me through your week?
Q2 | Would you like to talk about the exam?
Q2 | Will you send the draft by Friday?
Q2 | Shall we look at the budget?
Q2 | May I ask about the board?
Q2 | Am I right that the deadline moved?
Q2 | Does Ana know about it?
Q2 | Do you know what to do next?
Q2 | So, did you get the job?
Q2 | Ben, have you spoken to Mara?
Q2 | When you think of the panel, do you feel ready?
Q2 | If you had more time, would you finish the book?
Q2 | You said “I will call on Monday”. Have you called?
Q2 | On 3 March you were worried about the talk; is that still so?
Q2 | Thinking about the team: are they with you?
Q2 | Any progress on the certificate?
Q2 | Anything new since last time?
Q2 | Still stuck on the budget?
Q2 | Ready for the next step?
Q2 | You finished the draft?
Q2 | So you decided to stay?
Q2 | The report is done?
Q2 | Everything all right with the team?
Q2 | Which do you prefer, the title or the money?
Q2 | Which matters more to you: pay or time?
Q2 | What is it: fear or lack of time?
Q2 | How did it feel, good or bad?
Q2 | What is the issue, either the plan or the people?
Q2 | Is it the workload or the people?
Q2 | Do you want to stay or leave?
Q2 | Are you going to apply this year or not?
Q2 Q4 | Would it be fair to say that you were nervous?
Q2 | Were there any surprises?
Q2 | Is there anything else you want to discuss?
Q2 | Did the feedback from Ana help you with the second draft?
Q2 Q4 | Don't you think it is time to move on?
Q2 Q4 | Don’t you think Ana should know?
Q2 Q4 | Wouldn't it help to write it down?
Q2 Q4 | Wouldn’t it be better to ask first?
Q2 Q4 | Isn't it better to wait?
Q2 Q4 | Isn’t that what you wanted?
Q2 Q4 | Shouldn't you tell your manager?
Q2 Q4 | Should you not ask her first?
Q2 Q4 | Couldn't you delegate some of this?
Q2 Q4 | Have you considered asking Ana?
Q2 Q4 | Have you ever thought about changing teams?
Q2 Q4 | Have you thought about talking to HR?
Q2 Q4 | Have you tried blocking time in your calendar?
Q2 Q4 | Did you consider asking for help?
Q2 Q4 | Haven't you thought of asking for a raise?
Q2 Q4 | Would you agree that the plan is too big?
Q2 Q4 | Would it help to talk to Mara first?
Q2 Q4 | Wouldn't you say the goal is too vague?
Q2 Q4 | You finished the draft, right?
Q2 Q4 | You’ll send it on Friday, won’t you?
Q2 Q4 | The plan is too big, isn't it?
Q2 Q4 | That was the right call, don't you think?
Q2 Q4 | You do want the job, correct?
Q2 Q4 | It would be better to wait, no?
Q2 Q4 | Can't you just ask her?
Q4 | Why don't you call her?
Q4 | Why don’t we make a list?
Q4 | Why not ask your manager for a raise?
Q4 | What if you asked Ana?
Q4 | What if you just stopped?
Q4 | How about writing a plan first?
Q4 | What about simply asking her?
Q4 | You should call Ana. What do you think?
Q4 | I think you should apply; what holds you back?
Q4 | Maybe you need to rest. What do you say?
Q4 | You might want to talk to HR. How does that sound?
Q4 | If I were you I would wait. What is your view?
Q4 | I would suggest a weekly plan. How does that sound to you?
Q4 | My advice is to wait. What do you think?
Q4 | It would be best to ask first, so how will you do that?
Q4 | What keeps you from simply asking her?
Q4 | What is stopping you from just saying no?
Q4 | You could always try a coach; what would that give you?
Q5 | Why didn't you call?
Q5 | Why didn’t you send the draft on time?
Q5 | Why did you not call?
Q5 | Why haven't you finished the report?
Q5 | Why have you still not started?
Q5 | Why hasn't the draft been sent?
Q5 | Why isn't the plan ready?
Q5 | Why weren't you prepared?
Q5 | Why couldn’t you say no?
Q5 | Why do you always put it off?
Q5 | Why do you keep missing the deadline?
Q5 | Why are you still waiting?
Q5 | Why did you ignore the feedback?
Q5 | Why did you miss the call?
Q5 | Why is the report late again?
Q5 | How come you forgot the call?
Q5 | How could you forget the meeting?
Q5 | What made you fail to deliver?
Q5 | You failed to send the draft. What happened?
Q5 | What is your excuse this time?
Q5 | Whose fault was the delay?
Q5 | Who is to blame for the delay?
Q5 | What took you so long?
Q5 | What were you thinking when you sent that?
Q5 | When will you finally finish the report?
Q5 | How do you explain that you let the team down?
Q5 | You were supposed to call Ana. What went wrong?
Q5 Q21 | What were you thinking?!
Q1 | The draft is late. Why? What were you doing?
Q3 | What did you think about in the weeks after the long and rather difficult review \
with your manager and the two people from the board in the spring?
Q3 | When you look back at all the things that you have done since January, \
which of them would you say has brought you closest to your goal?
Q3 | What did you learn from the pilot (the second one)?
Q3 | How do you see the role now (after the reorganisation)?
Q3 | What would you like (if anything) from Ana?
Q3 | What is the next step [for the certificate]?
Q21 | Great question! What makes you ask?
Q21 | Great job on the draft! What comes next?
Q21 | Amazing! What made it work?
Q21 | Awesome work, Ben. What did you learn?
Q21 | Well done! What helped you most?
Q21 | That's fantastic. What will you do next?
Q21 | That’s great! How will you build on it?
Q21 | You are doing great. What else would help?
Q21 | You did an amazing job; what was hardest?
Q21 | Wow, what a result! How did you get there?
Q21 | Congratulations on the exam! What comes next?
Q21 | I'm so proud of you. What comes next?
Q21 | I love how you handled it. What did you learn?
Q21 | As an AI, I cannot know. What do you think?
Q21 | As a language model I see patterns. What do you see?
Q21 | Good job, Ben. What is next?
Q21 | Excellent progress! How do you feel about it?
Q21 | What a great start! What would you like to do next?
Q21 | What happened next??
Q21 | How did that feel?!
Q21 | I hope you are doing well. What is on your mind?
Q2 Q21 | Great, did you finish it?
Q2 Q3 | Did you finish the draft (the second one)?
Q2 Q5 | Did you fail to send it?
Q1 | What's working / what isn't?
Q1 | What would you say to Ana, and to what end?
Q2 | Make sense?
Q2 | Ever thought what that would be like?
Q2 | OK if we begin with the exam?
Q2 | So what you’re saying is, you want to leave?
Q2 | 🙂 Did you finish it?
Q2 | - Was it Ana who called?
Q2 Q4 | You were at the fair, were you not?
Q2 Q4 | Did you not think of calling first?
Q2 Q4 | Do you not think it would be wise to wait?
Q4 | Maybe talk to your manager first, how does that sound?
Q4 | Perhaps it is time to look around. What do you think?
Q5 | Why did nobody tell the client?
Q5 | Why was nothing done about the budget?
Q5 | How did you manage to miss such an easy deadline?
Q5 | Who messed up the launch?
Q5 | You should have called. What now?
Q21 | Hats off! What made you brave?
Q21 | You’re a star! What is your secret?
Q1 Q2 | Are you glad? Why or why not?
Q2 Q4 | Wouldn't a smaller office be cheaper?
Q4 | What about a weekly call with Ana?
Q4 | You really should rest more. What stops you?
Q5 | Why did you leave it so late?
Q5 | Why were you late?
Q5 | What made you think that was fine?
Q5 | What is your explanation for the gap?
Q21 | What an inspiring story! How did it end?
Q1 Q2 Q21 | Perfect! Did it work? Are you happy?
""".strip().splitlines()

SETS: tuple[tuple[bool, tuple[str, ...]], ...] = (
    (True, ("What do you want from the next session?",)),
    (True, ("What made that work?", "What has changed since then?")),
    (True, ("“CV draft” was planned for 1 March. How did that go?", "What went well in April?")),
    (True, ("What are you proud of?", "What holds the draft back?", "How is the team?")),
    (False, ()),
    (False, tuple(f"What helped you in week {number}?" for number in range(6))),
    (False, ("What has changed?", "Where do you stand on the exam now?")),
    (
        False,
        (
            "“CV draft” was planned for 1 March. How did that go?",
            "The overdue report came up twice; what got in its way?",
            "What went well in April?",
        ),
    ),
    (
        False,
        (
            "The report is still open. What would help it along?",
            "The letter was due on 3 May. How did it go?",
            "What worked?",
        ),
    ),
)
"""Whether a set is a good one, and its questions."""


def labelled() -> list[tuple[str, frozenset[str]]]:
    """Every question with the rules it breaks."""
    bad = [line.partition(" | ") for line in BAD]
    return [
        *((text, frozenset[str]()) for text in GOOD),
        *((text, frozenset(rules.split())) for rules, _, text in bad),
    ]
