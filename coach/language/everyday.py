"""Tells words that most pairs use from those about one pair's own matters."""

from coach.language.words import stems

# Stems that at least one in six mentorships has, without names and figures. Counted in the
# labelled mentorships of evals/cases that rules may learn from.
_EVERYDAY = frozenset(
    """
    abov abt accept account act actual add afraid against age agenda agre agreement allow
    almost alon aloud alway anoth answer anybodi anyway appar appli applic around asham ask
    attend autumn bad bag becom begin behind believ bench besid best better between big bin
    bit blank board book boss box break breath bring budget build bus busi buy cake calendar
    call came cancel car card carri case cent chair chang chapter child children choos
    christma class clean clear clock close coat code coffe cold come comment compani
    complain confirm consult copi correct cost count counti cours cousin cover cri cross
    custom cut date day dead deal dear decid decis degre desk didnt die director dock doctor
    dog door doubl doubt draft draw drive drop ear earli easter eat eight eighth eighti
    eleven end engin english enjoy eve evening everybodi everyth exact exam except excus
    exist expect explain eye face fail fair fall far fast fault fear feedback feel fever
    field fifteen fifth fifti fight figur file fill film final find fine finish fire first
    five fix floor folder follow forget form forti four fourteen fourteenth fourth frame
    free freez fridg friend frighten front full gave give given goal good green guy half
    hand hang happen happi he'd head hear help hire hold holiday home honest hope hot hour
    hous hrs hundr hurt idea inform ink insid instead interest interview item job joke
    junior keep kid kill kind kitchen knew know ladi land laptop late later laugh lay lead
    learn leav lend letter lie lift light like line link list listen liter littl live load
    long look lose lot loud love lunch ma'am machin mad mail make man manag margin mark max
    mean measur meet memori mentor min mind mine minut miss mistak moment money month morn
    most mother mouth move mum name near need negoti neither news nice night nine nineteen
    nineti ninth nobodi nod none note notic number observ offer offic offici old one open
    order other otherwis outsid page pair panel paper paragraph park part pass pay pen
    pencil peopl percent perhap permiss person phone photo pick place plan play point polish
    polit post practic prais prepar present price problem project promis proper proud public
    push quarter question quiet quit quot rain rais reach read readi real reason record red
    remark repair repli report resign rest return review ring road room round row rule run
    saw say scare school screen seat second see seen sell send senior sentenc set seven
    seventi shake shall share she'd she'll sheet shift shoot shop short shout show shut sick
    side sign signatur silenc singl sit six sixth sixti skip sleep slide slip slow small
    somebodi sooner sorri sort sound speak split spring staff stand start stay stick stop
    stori straight stranger student stuff summer suppos sure surpris tabl take talk teach
    team telephon tell ten terribl test text thank that they'll think third thirteenth
    thirti thirtieth three throw thursday ticket time tire tonight total touch train tri
    truck true trust truth turn twelv twenti twentieth twice type understand unit use van
    version visit voic wait wake walk wall want watch water wed weekend wet whether who
    whole whom wife win window wish woman word work worri wors write wrong year yrs zero
    """.split()
)


def telling(text: str, *, names: frozenset[str] = frozenset()) -> frozenset[str]:
    """Return the stems of a text that few other pairs would use."""
    said = stems(text) - _EVERYDAY - names
    return frozenset(stem for stem in said if not stem[0].isdigit())
