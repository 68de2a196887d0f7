"""Everything the program says to a person outside of templates, in Japanese, once.

Constants where nothing varies, functions where something does; a module a subject, all of them read as
``from corpus import messages``. The names are unique over all of them (a test sees to it).
"""

from corpus.messages.chatting import *
from corpus.messages.checkbounds import *
from corpus.messages.checkcomputed import *
from corpus.messages.checking import *
from corpus.messages.checknotes import *
from corpus.messages.checkranks import *
from corpus.messages.checktables import *
from corpus.messages.checktrends import *
from corpus.messages.checkyears import *
from corpus.messages.citysetting import *
from corpus.messages.commands import *
from corpus.messages.connecting import *
from corpus.messages.entering import *
from corpus.messages.grading import *
from corpus.messages.importing import *
from corpus.messages.indexing import *
from corpus.messages.linking import *
from corpus.messages.making import *
from corpus.messages.modelling import *
from corpus.messages.noting import *
from corpus.messages.pages import *
from corpus.messages.replying import *
from corpus.messages.requesting import *
from corpus.messages.searching import *
from corpus.messages.selecting import *
from corpus.messages.storing import *
from corpus.messages.terming import *
