# %% [markdown]
# # Ask in five ways
#
# *Lesson 90, about 5 minutes*
#
# One card of each kind, and one that closes. Two numbers are drawn, added and looked at; what is
# their sum, and where does it lie?

# %% [raw] card="sample_choice"
# kind = "choice"
# ask = "Two dice of 3 and 4 pips: what is their sum?"
# debrief = """
# A sum takes both of them: three pips and four more are seven, whichever was thrown first.
# """
#
# [options.a]
# text = "The larger of `3` and `4`"
# reply = "That is the maximum: a sum takes both."
# holds = "total == 4"
#
# [options.b]
# text = "Seven pips together"
# right = true
# holds = "total == 7"
#
# [options.c]
# text = "It depends on the order in which they were thrown"
# reply = "The order never changes a sum."

# %%
import numpy as np

from regcourse import predict

dice = np.array([3, 4])
total = int(dice.sum())
print("the sum is printed here:", total)

# %% [markdown]
# ## And then
#
# The next card has more than one right answer.

# %% [raw] card="sample_choices"
# kind = "choices"
# ask = "Which of these are even?"
# debrief = """
# Evenness looks at the last bit alone: two and four have a zero there, and three a one.
# """
#
# [options.a]
# text = "Two"
# right = true
# missed = "Two is even, as half of it is a whole number."
# holds = "2 % 2 == 0"
#
# [options.b]
# text = "Three"
# reply = "Three leaves one over."
# holds = "3 % 2 == 0"
#
# [options.c]
# text = "Four"
# right = true
# holds = "4 % 2 == 0"

# %%
print("the remainders are printed here:", dice % 2)

# %% [markdown]
# Now a number, which you type.

# %% [raw] card="sample_number"
# kind = "number"
# ask = "How many percent of `total` is the first die?"
# right = "100 * dice[0] / total"
# within = 3
# unit = "%"
# reply = "Divide three by seven."
# debrief = """
# Three of seven pips are a good two fifths, a little less than half, as four is more than
# three.
# """
#
# [[wrong]]
# near = "100 * dice[0] / dice[1]"
# reply = "That is its share of the other die."

# %%
print("the share is printed here: about", round(100 * dice[0] / total), "%")

# %% [markdown]
# Now things to bring into order.

# %% [raw] card="sample_order"
# kind = "order"
# ask = "From the smallest to the largest: which order?"
# right = "[['a', 'b', 'c'][k] for k in np.argsort([9, 4, 1])]"
# holds = "1 < 4 < 9"
# reply = "Compare them two by two."
# debrief = """
# Squares grow with the number that is squared, so that their order is the order of one, two
# and three.
# """
#
# [items.a]
# text = "Three squared"
# [items.b]
# text = "Two squared"
# [items.c]
# text = "One squared"
#
# [[wrong]]
# order = "abc"
# reply = "That is from the largest to the smallest."

# %%
print("the squares are printed here:", [1, 4, 9])

# %% [markdown]
# At last a picture to point into. It is made here and shown by the card.

# %%
from matplotlib.figure import Figure

from regcourse.figures import Picture

figure = Figure((4, 3))
plot = figure.subplots()
plot.plot([0, 1, 2, 3], [4, 1, 0, 1])
slope = Picture(
    figure, "A valley", "A curve with one lowest point.", "It falls, and then it rises."
)
print("a valley was drawn")

# %% [markdown]
# Where is it lowest?

# %% [raw] card="sample_place"
# kind = "place"
# ask = "Where does the curve lie lowest?"
# on = "slope"
# right = "(2.0, 0.0)"
# within = [0.3, 0.6]
# reply = "Follow the curve down until it turns."
# debrief = """
# The curve turns where it stops falling, and that is where its lowest point lies, at two.
# """
#
# [[wrong]]
# near = [0.0, 4.0]
# reply = "That is where it is highest."

# %%
print("the lowest value is printed here:", 0)
slope

# %% [markdown]
# One question more.

# %% [raw] card="sample_close"
# kind = "choice"
# closing = true
# ask = "What was this lesson made of?"
# debrief = """
# Five cards in five ways, and this one: whatever was missed above is worth another look.
# """
#
# [options.a]
# text = "Of cards"
# right = true
#
# [options.b]
# text = "Of dice"
# reply = "There were two of them, and six cards."

# %%
predict("sample_close")

# %% [markdown]
# That is all.
