"""Two hundred ordinary sentences and the days they name, said on Wednesday 4 March 2026.

A `?` marks a day that can be read in both orders.
"""

from datetime import date

HELD_ON = date(2026, 3, 4)

SENTENCES = """
I'll send the plan by Friday. | 03-06
I'll send it on Monday morning. | 03-09
Ana rings the board tomorrow at 9. | 03-05
We talk again next Friday. | 03-13
We meet this Friday. | 03-06
See you Wednesday. | 03-11
Last Friday she called in sick. | 02-27
The draft goes out Friday week. | 03-13
A week on Monday I start the course. | 03-16
Back a week today. | 03-11
I move house in ten days. | 03-14
He answers within a week. | 03-11
I'll know in two weeks' time. | 03-18
I'll know in three days' time. | 03-07
Two weeks from Monday the audit begins. | 03-23
Three weeks from tomorrow I fly. | 03-26
Four days after Easter we open. | 04-09
Two days before the 14th I print it. | 03-12
The review is a fortnight from today. | 03-18
I want it done in a fortnight. | 03-18
In six months I'd like to lead the team. | 09-04
A month from now the contract ends. | 04-04
The form is due in five working days. | 03-11
Ten working days from Monday is the limit. | 03-23
Three Fridays from now is the fair. | 03-20
The day after tomorrow I see the doctor. | 03-06
The day before yesterday it rained. | 03-02
She wrote two weeks ago. | 02-18
Yesterday was hard. | 03-03
Tonight I write the letter. | 03-04
I'll do it this afternoon. | 03-04
By EOD I need your numbers. | 03-04
EOD Friday is fine for me. | 03-04 03-06
By the end of Friday it is done. | 03-06
End of this week, please. | 03-06
By the end of next week, please. | 03-13
EOW works. | 03-06
By the end of the month I have the offer. | 03-31
Send it by EOM. | 03-31
By the end of next month we decide. | 04-30
The budget closes at the end of March. | 03-31
At the end of April the trial is over. | 04-30
By the end of the year I want to manage people. | 12-31
By the end of Q2 two people are hired. | 06-30
End of Q1 2027 is the target. | 2027-03-31
The second draft comes mid April. | 04-15
The fair is in the middle of May. | 05-15
Early April we plan the summer. | 04-10 09-22
In late April I'm free. | 04-30
Start of April I begin. | 04-10
The last week of March is full. | 03-29
In the first week of April I'm away. | 04-05
The week of 9 March is bad. | 03-15
W/c 16 March works for both. | 03-22
Next week is better. | 03-15
The week after next I'm back. | 03-22
Monday next week would do. | 03-09
Next week Thursday at noon. | 03-12
On Tuesday of next week we rehearse. | 03-10
Over the next two weeks I read it. | 03-18
In the next 10 days you hear from me. | 03-14
This month I only listen. | 03-31
Next month is the review. | 04-30
This weekend I paint. | 03-08
Next weekend we are away. | 03-15
The third Thursday of March is open evening. | 03-19
The first Monday in May is off. | 05-04
The last Friday of the month is pay day. | 03-27
The second Tuesday of next month suits me. | 04-14
The last day of April is the deadline. | 04-30
The second Sunday we sing. | 03-08
The fifth Monday of April there is none. |
On 31 June the lease ends. |
On the 30th of February we laugh. |
Deliver by 2026-02-30. |
Pay by 31.6., it says. |
By 31/6 at the latest. |
On 2026-04-31 nothing happens. |
I'll be away from 9am on Monday 19th January 2026 until 5pm on Friday 23rd January 2026. | 2026-01-23
I am off from 9 March until 13 March. | 03-13
Out of office from Monday to Friday. | 03-13
OOO: 16 March - 20 March, back on the 23rd. | 03-20 03-23
On leave 3-10 April. | 04-10
Holiday from the 3rd to the 10th of April. | 04-10
Away between 3 and 10 April. | 04-10
Conference April 8-10 in Leeds. | 04-10
Conference April 8 to 10 in Leeds. | 04-10
Leave: Mon 6 April to Wed 15 April 2026. | 04-15
Parental leave from 20 March to 5 June. | 06-05
Travelling from 28 December until 5 January. | 2027-01-05
The office is closed Fri 3 April to Mon 6 April. | 04-06
Available Tuesday to Thursday, 10-4. | 03-12
From tomorrow until Sunday I'm in Rome. | 03-08
We moved it from Friday to Monday. | 03-09
I'm away until 25 March. | 03-25
He's on the road till Thursday. | 03-05
Sick leave through 20 March. | 03-20
On the 13th and 20th March I teach. | 03-13 03-20
I can do 9, 16 or 23 March. | 03-09 03-16 03-23
Slots: Mon 9 March 10:00, Tue 10 March 14:00, Thu 12 March 9:30. | 03-09 03-10 03-12
Free slots are Tuesday 9-11, Wednesday 14-16 and Friday 8:30-10:00. | 03-10 03-11 03-06
I can do Monday, Tuesday or Thursday. | 03-09 03-10 03-05
Either Friday at 4pm or Monday at 10. | 03-06 03-09
18 and 19 April are taken. | 04-18 04-19
On the 10th, the 17th and the 24th we rehearse. | 03-10 03-17 03-24
Two dates: 12 March and 2 April. | 03-12 04-02
9:00 welcome, 9:30 Friday's numbers, 10:15 coffee, 10:30 close. | 03-06
Agenda: 1. goals 2. the talk on 12 March 3. next steps. | 03-12
10:45 gate 4, 11:30 a box with cards, 12:00 lunch. |
19:50 start, 20:10 pause, 21:05 end. |
When: Thu 19 March 2026 14:00 - 15:00 (CET) | 03-19
When: Thursday, March 19, 2026, 2:00pm to 3:00pm GMT | 03-19
Date: Tue, 10 Mar 2026 09:00:00 +0100 | 03-10
DTSTART:20260319T140000Z | 03-19
Invitation: Mentoring @ Fri Mar 20, 2026 4pm - 5pm (Ana) | 03-20
Starts 2026-03-19T14:00, ends 2026-03-19T15:00. | 03-19 03-19
Weekly on Tuesday from 10 March until 28 April. | 03-10 04-28
Every Monday at nine we stand up. | 03-09
Mondays and Thursdays I teach. | 03-09 03-05
Every other Tuesday, 6:00 pm, Zoom. | 03-10
Mon-Thu I work in the shop. | 03-12
Mon, Wed and Fri are my gym days. | 03-09 03-11 03-06
Timetable: Mon 9:00 maths, Tue 10:00 physics, Wed 11:00 art. | 03-09 03-10 03-11
Train at 7:42, back at 18:05. |
Call me on +49 170 123 4567 after six. |
Tel: 020 7946 0958, extension 12. |
My number is 555-010-2015. |
We run version 2.4.1 and move to 3.0. |
Upgrade to 1.12 first. |
Python 3.11 is fine. |
We won 3-1 and lost 2-2. |
Final score: 21-19, 18-21, 15-9. |
Chapters 3 to 5 are done. |
Pages 12-15 need work. |
Room 4.12, second floor. |
The quote was 12.50 a head. |
Growth was 4.2 percent. |
It cost 1,200 and took 14 hours. |
We have 12 of 30 answers. |
Step 3 of 7 is the hard one. |
I read the first draft and the second one. |
This may take longer than expected. |
It may or may not work. |
May I ask what this is for? |
She sat down and said nothing. |
The sun was out, so we walked. |
They march on without us. |
One may ask why. |
I might mar the finish. |
The second reader was kinder. |
The third person in the room was quiet. |
At second glance it is fine. |
He came first in the race. |
Nothing happened in the meantime. |
I waited day after day. |
Have a great week! |
For two weeks I slept badly. |
In thirty years nobody told me so. |
4/5 is too late. | ?
By 25/3 I have the letter. | 03-25
By 3/25 I have the letter. | 03-25
By 5/5 the page is up. | 05-05
By 25.3. the page is up. | 03-25
Until 25.03, no later. | 03-25
On 2026-04-01 it starts. | 04-01
The 1st of May is off. | 05-01
May 1st is off. | 05-01
On 1 May 2027 I hand over. | 2027-05-01
On May the fourth we film. | 05-04
On the fourth of May we film. | 05-04
Due: 31-Mar-2026 | 03-31
Due: 2026/03/31 | 03-31
By 12 March at the latest, better the 10th. | 03-12 03-10
By the twenty-fifth, please. | 03-25
By the thirty-first I know. | 03-31
On 15th we meet. | 03-15
Monday the 9th suits. | 03-09
Fri 13th is unlucky. | 03-13
By Fri 13 I sign. | 03-13
The 16th works. | 03-16
See you on the 2nd. | 04-02
The 20th of next month. | 04-20
20 of this month. | 03-20
12 March, Thursday, at the library. | 03-12
In March I rest. | 03-31
In April I rest. | 04-30
By June I want the badge. | 06-01
Until June I'm in Lyon. | 06-01
From April I lead the team. | 04-01
Since October I work from home. | 2025-10-31
In May 2027 it ends. | 2027-05-31
Before Easter I finish the chapter. | 04-05
Good Friday is off. | 04-03
Easter Monday too. | 04-06
By Christmas it is paid. | 12-25
Christmas Eve we close. | 12-24
On New Year's Eve we dance. | 12-31
Thanksgiving is at ours. | 11-26
Two dates by Memorial Day. | 05-25
Flowers on Valentine's Day. | 2027-02-14
After Labor Day I teach again. | 09-07
Juneteenth is off. | 06-19
Not before Remembrance Day. | 11-11
Ascension Day I walk. | 05-14
I'll ring her on Father's Day. | 06-21
Labour Day is off. |
The Thursday after Easter I'm back. | 04-09
Before March is over I call. | 03-31
Before the week is out I call. | 03-06
In the summer I hike. | 09-22
next quarter we hire. |
This year I learn to say no. |
Soon, maybe, one day. |
"""  # noqa: E501 - one sentence a line


def told() -> list[tuple[str, list[date] | None]]:
    """Return each sentence with its days, None where the order of day and month decides."""
    found: list[tuple[str, list[date] | None]] = []
    for line in SENTENCES.strip().splitlines():
        text, _, days = line.rpartition("|")
        said = [each if len(each) > 5 else f"2026-{each}" for each in days.split() if each != "?"]
        both = "?" in days
        found.append((text.strip(), None if both else [date.fromisoformat(each) for each in said]))
    return found
