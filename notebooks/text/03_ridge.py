# %% [markdown]
# # Shrink a fit: ridge regression
#
# *Lesson 03, about 75 minutes*
#
# **You will** watch least squares throw its weights about, calm it with one number, follow that
# number through ten directions and a live figure, sharpen a blurred signal, and let the data
# choose the number.
#
# **You will learn** what the strength *lam* means and in which units; why a little bias can pay
# for a lot of variance; why ridge shrinks some directions hard and others hardly at all; how to
# choose lam without a single refit, and how far to trust the choice.
#
# **You need** lesson 01 (norms), least squares, and the singular value decomposition X = U S Vᵀ.
# If the SVD is rusty: it says that X is a rotation, a stretch by s₁ ≥ s₂ ≥ …, and another
# rotation (each perhaps with a mirror).
#
# **How to work with it.** There are three parts of 25 minutes, each with an end at which you can
# rest. Every step asks you first. Run its cell with Shift+Enter, answer with one key, and the
# result appears beside your answer. The answers you get wrong are the ones you will remember.

# %% [markdown]
# ## Part 1. One number
#
# ### 1. Fit two thermometers
#
# Two thermometers hang side by side and differ by about a hundredth of a degree. The truth is y =
# w₁ · first + w₂ · second + noise, with w₁ = w₂ = 1 and noise of variance 1. We take 50 pairs of
# readings, measure y five times, each time with fresh noise, and fit the two weights by least
# squares. Will the five fits agree?

# %% [raw] card="ridge_twins"
# kind = "choice"
# ask = "Five least squares fits of the same truth: on what will they agree?"
# debrief = """A prediction is nearly (w₁ + w₂) times the temperature, so the data know the sum \
# well. The difference w₁ − w₂ is multiplied by a mere hundredth of a degree: to fit the noise a \
# little better, least squares makes it huge."""
#
# [options.a]
# text = "On both weights, to about a tenth"
# reply = """That needs columns which tell the two weights apart. These differ by a hundredth, \
# and noise of size 1 drowns it."""
# holds = "np.ptp(five, axis=0).max() < 0.4"
#
# [options.b]
# text = "On their sum, and on neither weight"
# holds = "np.ptp(np.sum(five, axis=1)) < 0.5 and np.ptp(five, axis=0).min() > 5"
# right = true
#
# [options.c]
# text = "On their difference, and on neither weight"
# reply = """It is the other way round. Add to one weight what you take from the other, and the \
# predictions hardly change: the data cannot object."""
# holds = "np.ptp(np.diff(five)) < 0.5"
#
# [options.d]
# text = "On nothing: the noise decides"
# reply = """On one thing the noise has little to say: fifty readings of the temperature are \
# plenty to learn by how much y rises with it."""
# holds = "np.ptp(np.sum(five, axis=1)) > 2"

# %%
import numpy as np

from regcourse import figures, predict

rng = np.random.default_rng(3)
room = rng.normal(size=50)
twins = np.column_stack([room, room + 0.01 * rng.normal(size=50)])
twins -= twins.mean(axis=0)
Y = twins.sum(axis=1)[:, None] + rng.normal(size=(50, 5))  # 5 draws, to look at
five = np.linalg.lstsq(twins, Y - Y.mean(axis=0))[0].T
print("w₁ + w₂ =", five.sum(axis=1).round(1))
figures.weight_clouds({"five least squares fits": five}, truth=[1, 1])

# %% [markdown]
# ### 2. Ask for short weights
#
# *Ridge regression* wants two things at once, a small loss and short weights. Over the weights w
# and the intercept b it minimises
#
# $$J(w, b) = \frac{1}{2n}\,\|y - b - Xw\|_2^2 + \frac{\mathrm{lam}}{2}\,\|w\|_2^2 .$$
#
# The first term is the loss, an *average* over the n rows (the ½ only saves a 2 in the gradient).
# The second is the penalty, and lam ≥ 0 is its strength; the intercept pays nothing. With y and
# the columns of X centred, J has its minimum where
#
# $$(X^\top X + \mathrm{alpha}\, I)\, w = X^\top y, \qquad \mathrm{alpha} = n \cdot \mathrm{lam} .$$
#
# <details><summary>Where this comes from</summary>
#
# The derivative of J by b is minus the average residual. Set it to zero: b = ȳ − x̄ᵀw. Put that
# back, and the same problem is left on centred X and y, without b. Its gradient by w is −Xᵀ(y −
# Xw)/n + lam w; set it to zero and multiply by n.
#
# </details>
#
# Back to the thermometers, with 40,000 fresh samples. Each is fitted by least squares and by
# ridge with lam = 0.1. What will be the *average* of all those first weights?

# %% [raw] card="ridge_average"
# kind = "choice"
# ask = "Averaged over all samples, which method finds w₁ = 1?"
# debrief = """Least squares is unbiased however alike the columns are: its average is (XᵀX)⁻¹Xᵀ \
# times Xw, which is w. The simulation alone could not tell, for its standard error exceeds the \
# bias of ridge. Ridge accepts a small bias, and its spread is about two hundred times \
# smaller."""
#
# [options.a]
# text = "Only ridge; least squares is far off"
# reply = """Each single fit by least squares is far off, but as often above as below: wild is \
# not biased."""
#
# [options.b]
# text = "Only least squares; ridge is a little low"
# holds = "np.isclose(exact['least squares'], 1) and 0.9 < exact['ridge'] < 0.99"
# right = true
#
# [options.c]
# text = "Both"
# reply = "Ridge pays for every bit of length, so on average it stops short of the truth."
# holds = "np.isclose(exact['least squares'], 1) and np.isclose(exact['ridge'], 1)"
#
# [options.d]
# text = "Neither"
# reply = """One of them has no reason to prefer one side: replace the noise by its negative, and \
# its error changes sign and nothing else."""
# holds = "not np.isclose(exact['least squares'], 1)"

# %%
samples = twins.sum(axis=1)[:, None] + rng.normal(size=(50, 40_000))  # 40000 draws
exact, fits = {}, {}
print("first weight   exact   one study of 200   spread   hits")
for name, lam in [("least squares", 0.0), ("ridge", 0.1)]:
    fit = np.linalg.inv(twins.T @ twins + 50 * lam * np.eye(2)) @ twins.T
    exact[name], fits[name] = (fit @ twins @ [1, 1])[0], (fit @ samples[:, :100]).T
    studies = (fit @ samples)[0].reshape(200, 200)
    mean, error = studies.mean(axis=1), studies.std(axis=1, ddof=1) / np.sqrt(200)
    hits = np.mean(np.abs(mean - 1) < 2 * error)
    found = f"{mean[0]:.2f} ± {error[0]:.3f}"
    print(f"{name:<13} {exact[name]:6.3f} {found:>18} {studies.std():8.2f} {hits:6.0%}")
figures.weight_clouds(fits, truth=[1, 1], caption="100 fits by each: ridge's are in the diamond.")

# %% [markdown]
# The last column says how many of 200 such studies, of 200 samples each, have the truth within
# two standard errors of their mean. For an unbiased method it should be about 19 in 20; where
# even a small bias is many standard errors wide, it is none.
#
# ### 3. Weigh bias against variance
#
# How far an estimate is from the truth, squared and averaged over all samples, has two parts:
#
# $$\mathrm{E}\,\|\hat w - w\|^2 =
# \underbrace{\|\mathrm{E}\,\hat w - w\|^2}_{\text{bias}^2}
# + \underbrace{\mathrm{E}\,\|\hat w - \mathrm{E}\,\hat w\|^2}_{\text{variance}} .$$
#
# Twins make it easy for ridge. So let us be fair to least squares: six columns that are
# uncorrelated and all have variance 1, thirty rows, and a model that is right. Gauss and Markov
# proved that no unbiased linear method has a smaller variance than least squares. Is there any
# room left for ridge?

# %% [raw] card="ridge_always"
# kind = "choice"
# ask = "Six uncorrelated columns and a true model: can some lam > 0 beat least squares?"
# debrief = """Near lam = 0 the bias² begins flat, like lam², but the variance falls at once. So \
# the first small step always pays, whatever the columns: Hoerl and Kennard's theorem of 1970. It \
# says that some lam wins, not which, and far to the right ridge loses."""
#
# [options.a]
# text = "No, for that the columns must be alike"
# reply = "Alike columns make the gain large. They are not what makes it possible."
# holds = "error.min() >= variance[0]"
#
# [options.b]
# text = "No, Gauss and Markov forbid it"
# reply = """They compare unbiased methods only. A method that allows itself some bias is outside \
# their theorem."""
#
# [options.c]
# text = "Yes, and so it is for every true model"
# holds = "error.min() < 0.9 * variance[0] and error[-1] > variance[0]"
# right = true
#
# [options.d]
# text = "Yes, but every lam > 0 does"
# reply = "Then an endless lam would win too, which sets all weights to zero whatever the truth is."
# holds = "(error[1:] < variance[0]).all()"

# %%
lams = np.logspace(-3, 2, 101)
truth, noise = np.array([1.5, -1.0, 1.0, 0.5, 0.5, 0.0]), 9 / 30  # noise: its variance over n
variance = 6 * noise / (1 + lams) ** 2
bias2 = truth @ truth * (lams / (1 + lams)) ** 2
error = bias2 + variance
for size in [1, 2]:
    print(f"weights times {size}: lowest at lam = {6 * noise / (size**2 * truth @ truth):.3f}")
figures.curves(
    lams, {"variance": variance, "bias²": bias2, "error, their sum": error}, colour="loss",
    levels={"error of least squares": 6 * noise}, title="Bias, variance, error",
    across="strength lam →", up="squared distance from the truth",
    caption="The parts of the error, their sum, and what least squares has.")  # fmt: skip

# %% [markdown]
# <details><summary>When you have answered: the theorem, its conditions and its proof</summary>
#
# **Theorem** (Hoerl and Kennard 1970). Let y = b + Xw + noise be right, with uncorrelated noise
# of one variance sigma2 > 0, and let the centred columns be linearly independent. Then E‖ŵ − w‖²
# is smaller for some lam > 0 than for lam = 0.
#
# *Proof.* Along the principal direction k let dₖ be the variance of the rows and θₖ the true
# weight. There the least squares estimate has the variance sigma2/(n dₖ), and ridge multiplies
# the estimate by dₖ/(dₖ + lam). So the bias is −lam θₖ/(dₖ + lam), and the whole error is the sum
# over k of (dₖ sigma2/n + lam² θₖ²)/(dₖ + lam)². Its derivative by lam is the sum of 2dₖ(lam θₖ²
# − sigma2/n)/(dₖ + lam)³, and no term of that is above 0 until lam reaches sigma2/(n max θₖ²).
#
# Two conditions deserve a second look. The model must be right. And the lam that wins depends on
# the truth, which you do not know: the printed lines show how the best one moves if all weights
# are twice as large.
#
# </details>
#
# One picture is one case. The folded proof ends in a certain lam, sigma2/(n max θₖ²), which
# somebody who knew the truth could use. Let us see how it does on 1000 random problems, with 30
# rows, six correlated columns and true weights drawn at random.

# %%
print("random problems, least squares against that lam:")
won = 0
for _ in range(1000):  # 1000 draws
    design, truth = rng.normal(size=(30, 6)) @ rng.normal(size=(6, 6)), rng.normal(size=6)
    s, Vt = np.linalg.svd(design - design.mean(axis=0))[1:]
    d, theta = s**2 / 30, Vt @ truth
    lam = noise / np.max(theta**2)
    won += np.sum((d * noise + lam**2 * theta**2) / (d + lam) ** 2) < np.sum(noise / d)
print(f"ridge has the smaller error in {won} of 1000")

# %% [markdown]
# That lam needs the truth, which nobody has. Part 3 will be about choosing without it.
#
# ### 4. Set a budget instead
#
# There is a second way to ask for short weights. Set a *budget* t, and among all w with ‖w‖ ≤ t
# take the one with the smallest loss.
#
# From here on the data are real: 442 diabetes patients and ten columns, namely age, sex, body
# mass index, blood pressure and six values of the blood serum, all standardised (an average of 0,
# a variance of 1). y measures the progression of the disease after a year. For the moment we take
# two columns of the serum: tch (total over HDL cholesterol) and ltg (possibly the logarithm of
# triglycerides).

# %%
from scipy.optimize import brentq, minimize

from regcourse import data
from regcourse.linear import leave_one_out, ridge, ridge_path

X, y = data.diabetes()
X = data.Standardizer.fit(X).apply(X)
n, two, centred_y = len(y), X[:, [7, 8]], y - y.mean()
longest = ridge(two, y, 0).w
print("least squares on two columns:")
print(f"w = ({longest[0]:.1f}, {longest[1]:.1f})   length L = {np.linalg.norm(longest):.1f}")

# %% [markdown]
# Least squares has a length, call it L. If a budget is smaller than L, the fit has to give
# something up. And if it is larger?

# %% [raw] card="ridge_budget"
# kind = "choice"
# ask = "You allow a budget of 1.2 L. Which lam gives the same fit?"
# debrief = """The strength is the price of the budget: how much loss you would save if t²/2 grew \
# by one. What is not used up has no price. Below L each budget has one strength, so both ways \
# trace the same path; but which lam belongs to which t depends on the data."""
#
# [options.a]
# text = "lam = 0"
# holds = "abs(prices[0]) < 1e-3"
# right = true
#
# [options.b]
# text = "A small lam > 0"
# reply = "Every lam > 0 makes the fit shorter than L. This budget asks for nothing of the kind."
# holds = "prices[0] > 1e-3"
#
# [options.c]
# text = "lam = 1.2"
# reply = """A budget has the units of a weight and a strength has not: no rule could say that \
# they are equal."""
# holds = "abs(prices[0] - 1.2) < 0.1"
#
# [options.d]
# text = "None: no ridge fit is that long"
# reply = "A budget is a limit, not an order: nobody has to use it up."

# %%
prices = []
print("budget/L   length      lam   off ridge(lam)")
for share in [1.2, 0.9, 0.6, 0.3]:
    t = share * np.linalg.norm(longest)
    within = {"type": "ineq", "fun": lambda w, t=t: t**2 - w @ w}
    w = minimize(lambda w: np.mean((centred_y - two @ w) ** 2) / 2, [1, 1], constraints=within).x
    prices.append(w @ two.T @ (centred_y - two @ w) / n / (w @ w))  # the loss pulls with lam w
    off = np.abs(w - ridge(two, y, max(prices[-1], 0)).w).max()
    print(f"{share:8.1f} {np.linalg.norm(w):8.1f} {abs(prices[-1]):8.3f} {off:12.1f}")
path, w = ridge_path(two, y, lams), ridge(two, y, 0.5).w
figures.penalty_and_budget(path, two.T @ two / n, w, centre=longest, lam=0.5)

# %% [markdown]
# ### 5. Write it in scikit-learn
#
# The penalised form is the one that libraries solve, but each in its own units. scikit-learn's
# `Lasso` and `ElasticNet` minimise an average as we do; its `Ridge` minimises the *sum* ‖y − b −
# Xw‖² + alpha‖w‖². It is easy to write our J into a report and to call `Ridge(alpha=0.3)` below
# it.

# %% [raw] card="ridge_alpha"
# kind = "choice"
# ask = """You mean J with lam = 0.3 and call `Ridge(alpha=0.3)` on the 442 patients. Which lam \
# did you use?"""
# debrief = """Multiply J by 2n, and the sum of squares stands beside n lam ‖w‖². So \
# scikit-learn's alpha is n lam, and lam alone is n times too weak. That is why we average: lam \
# keeps its meaning when rows are added, alpha changes its meaning with each of them."""
#
# [options.a]
# text = "0.3: only the letter differs"
# reply = """A sum over 442 patients is 442 times their average. The penalty has to keep step, \
# and did not."""
# holds = "np.allclose(theirs, ridge(X, y, lam).w)"
#
# [options.b]
# text = "0.3 × 442, far too much"
# reply = """The loss has become 442 times larger and the penalty has not. Which of the two \
# weighs more now?"""
#
# [options.c]
# text = "0.3 / 442, next to nothing"
# holds = "np.allclose(theirs, ridge(X, y, lam / n).w)"
# right = true
#
# [options.d]
# text = "0.6: the ½ is missing"
# reply = "In J the ½ stands before both terms, so it cancels. The n stands before one of them."
# holds = "np.allclose(theirs, ridge(X, y, 2 * lam).w)"

# %%
from sklearn.linear_model import Ridge

lam, lams = 0.3, np.logspace(-4, 2, 61)
path, theirs = ridge_path(X, y, lams), Ridge(alpha=lam).fit(X, y).coef_
size = np.linalg.norm(theirs)
used = brentq(lambda at: np.linalg.norm(ridge(X, y, at).w) - size, 1e-6, 100)
print(f"used lam = {used:.6f}, meant {lam}: a ratio of {lam / used:.1f}")
figures.curves(
    lams, {"ridge on ten columns": np.linalg.norm(path.W, axis=1)}, across="strength lam →",
    up="length of w", marks={"used": used, "meant": lam}, limits=(0, 70),
    caption="The strength that was used and the one that was meant.")  # fmt: skip

# %% [markdown]
# **The end of part 1.** You have the objective, its two terms and its units; you know what ridge
# pays and what it gets, and that penalty and budget are two descriptions of one path. This is a
# good place for a break.
#
# ## Part 2. Ten directions
#
# ### 6. Move the zero of y
#
# In J the penalty contains w and leaves b alone. To see why, add 1000 to every y, as if it had
# been measured from another zero. We compare ridge with an impostor that treats b like a weight
# and penalises it too. The columns are moved off centre first, as measurements are in life.

# %% [raw] card="ridge_shift"
# kind = "choice"
# ask = "All y grow by 1000. Whose weights w change?"
# debrief = """A free intercept takes up every shift: where zero lies is a matter of the \
# instrument. If b has to pay, it stays behind, and the weights must carry the rest, so that they \
# depend on the choice of a zero. To centre X and y is to solve for a free b."""
#
# [options.a]
# text = "Nobody's: a shift is a shift"
# reply = "It is, if something is free to take it up. One of the two must pay for doing so."
# holds = "changes['b penalised'] < 1e-6"
#
# [options.b]
# text = "Those of both"
# reply = """For one of them nothing happens but b = b + 1000: the residuals are the same, and so \
# is w."""
# holds = "changes['b free'] > 1e-6"
#
# [options.c]
# text = "Only those of the impostor"
# holds = "changes['b free'] < 1e-6 and changes['b penalised'] > 10"
# right = true
#
# [options.d]
# text = "Only those of ridge"
# reply = "Ridge's b costs nothing, so it takes the whole shift at once and w does not notice."

# %%
raw, changes = X + 2.0, {}
ones = np.column_stack([np.ones(n), raw])
print("               shift        b   length of w")
for name, pay in [("b free", 0.0), ("b penalised", 1.0)]:
    penalty = lam * np.diag([pay] + 10 * [1.0])
    before, after = (
        np.linalg.solve(ones.T @ ones / n + penalty, ones.T @ (y + up) / n) for up in (0, 1000)
    )
    changes[name] = np.abs(after - before)[1:].max()
    for up, bw in [(0, before), (1000, after)]:
        print(f"{name:<14} {up:5d} {bw[0]:8.1f} {np.linalg.norm(bw[1:]):13.1f}")

# %% [markdown]
# ### 7. Turn to the principal directions
#
# Now the heart of the matter. Centre X and rotate to its singular directions, X = U S Vᵀ. Then
# XᵀX/n is the covariance matrix of the columns, and sₖ²/n is the variance of the patients along
# direction k. In these directions ridge falls apart into ten separate problems: it takes the
# least squares solution along direction k and multiplies it by a *filter factor* between 0 and 1.

# %% [raw] card="ridge_factors"
# kind = "choice"
# ask = "Along which direction is the factor smallest?"
# debrief = """The factor is variance / (variance + lam): what the data offer against what you \
# add. It is as if every column had an extra variance lam that has nothing to do with y. One and \
# the same strength hardly touches the first direction, and takes nearly all of the last."""
#
# [options.a]
# text = "Where the patients differ most"
# reply = """There the data speak loudest: many patients far apart, and a penalty counts for \
# little against them."""
# holds = "factors.argmin() == variances.argmax()"
#
# [options.b]
# text = "Where the patients differ least"
# holds = "factors.argmin() == variances.argmin()"
# right = true
#
# [options.c]
# text = "Where least squares is longest"
# reply = """Twice the length costs more, but the loss pulls back harder in the same measure. The \
# factor depends on X and lam alone, and not on y."""
#
# [options.d]
# text = "Nowhere: one strength, one factor"
# reply = """That is so if all variances are equal. Then ridge shrinks all directions alike, and \
# only then."""
# holds = "np.ptp(factors) < 0.01"

# %%
U, s, Vt = np.linalg.svd(X, full_matrices=False)  # X has been centred
variances = s**2 / n
factors = variances / (variances + lam)
least_squares, shrunk = Vt @ ridge(X, y, 0).w, Vt @ ridge(X, y, lam).w
print("ridge = factor × least squares:", np.allclose(shrunk, factors * least_squares))

pair = X[:, [4, 5]]  # for the next step
start = ridge(pair, y, 0).w
radius = np.linalg.norm(start) / 2
plane = figures.loss_and_path(
    pair.T @ pair / n, start, [start], radius=radius, caption="Weights of tc, ldl.")  # fmt: skip
figures.factor_bars(factors, variances=variances, lam=lam)

# %% [markdown]
# <details><summary>When you have answered: where the factors come from</summary>
#
# Put X = U S Vᵀ into (XᵀX + alpha I) w = Xᵀy: it becomes V (S² + alpha I) Vᵀw = V S Uᵀy. So along
# vₖ, with alpha = n lam,
#
# $$v_k^\top w = \frac{s_k\, u_k^\top y}{s_k^2 + \mathrm{alpha}}
# = \frac{s_k^2}{s_k^2 + \mathrm{alpha}} \cdot \frac{u_k^\top y}{s_k}
# = \frac{s_k^2/n}{s_k^2/n + \mathrm{lam}} \cdot \frac{u_k^\top y}{s_k} ,$$
#
# and uₖᵀy / sₖ is what least squares has there.
#
# </details>
#
# ### 8. Walk from least squares to zero
#
# Two of the ten columns, tc and ldl, both measure cholesterol, and their correlation is high. In
# the plane of their two weights the ring marks least squares, the ellipses join weights of equal
# loss, and the blue circle holds all weights half as long as least squares. As lam grows, ridge
# walks from the ring to the origin. Where does it cross the circle?

# %% [raw] card="ridge_walk"
# kind = "place"
# on = "plane"
# ask = "Where does ridge cross the circle, on its way from the ring to 0?"
# right = "crossing"
# within = 3.0
# reply = """Look for the point of the circle with the smallest loss: an ellipse touches the \
# circle there."""
# debrief = """The walk sets out along the valley, where the variance is small: the factor is \
# small, and the loss hardly notices. Only then does it turn towards 0. The ellipses are the \
# loss's and the circle is the penalty's; the path is where they touch."""
#
# [[wrong]]
# near = "start / 2"
# reply = """That is the straight way. It would be right for circles of loss, that is, with equal \
# variances."""

# %%
from regcourse.widgets import RidgeGeometry

halfway = brentq(lambda at: np.linalg.norm(ridge(pair, y, at).w) - radius, 1e-3, 100)
crossing = ridge(pair, y, halfway).w
RidgeGeometry(pair, y, lam=float(halfway))

# %% [markdown]
# Move the strength yourself, by the arrow keys or with the mouse, and watch all three pictures.
# Along the way: which of the two weights changes its sign?
#
# ### 9. Keep some directions, drop the others
#
# *Principal components regression* is another cure for columns that are alike. It turns to the
# same directions, keeps the first few, fits least squares on those and drops the rest. Its
# factors are ones and zeros. With five ones they add up to 5. That sum is called the *effective
# degrees of freedom*, for ridge too: how many weights are really in use. Let us choose lam so
# that ridge's ten factors add up to 5 as well.

# %% [raw] card="ridge_components"
# kind = "choice"
# ask = "The sum is 5 for both. What do ridge's ten factors look like?"
# debrief = """Ridge has no edge: between a factor of 9/10 and one of 1/10 the variance falls \
# 81-fold. Both methods rank by the variance of X alone and are blind to y. Here the fourth \
# direction says more about y than the second and third together, and the fifth next to \
# nothing."""
#
# [options.a]
# text = "Five near 1, five near 0"
# reply = "Such a step needs a gap between the fifth variance and the sixth. There is none."
# holds = "np.sum((both['ridge'] > 0.1) & (both['ridge'] < 0.9)) == 0"
#
# [options.b]
# text = "All about ½"
# reply = "Then all ten variances would have to be about lam. They are far from equal."
# holds = "np.ptp(both['ridge']) < 0.2"
#
# [options.c]
# text = "A slope, through ½ where the variance is lam"
# holds = """np.sum((both['ridge'] > 0.1) & (both['ridge'] < 0.9)) >= 5 and ((both['ridge'] > \
# 0.5) == (variances > even)).all()"""
# right = true
#
# [options.d]
# text = "Largest where the direction says most about y"
# reply = "y does not enter the factors. Compare the printed line with the two curves."
# holds = "np.argsort(-both['ridge']).tolist() == np.argsort(-explained).tolist()"

# %%
even = brentq(lambda at: np.sum(variances / (variances + at)) - 5, 1e-3, 100)
both = {"ridge": variances / (variances + even), "components": np.repeat([1.0, 0.0], 5)}
explained = (U.T @ centred_y) ** 2 / (centred_y @ centred_y)
print("share of the variance of y, by direction:")
print("  ".join(f"{share:.0%}" for share in explained))
figures.curves(
    np.arange(1, 11), both, log="",
    across="principal direction", up="filter factor", levels={"½": 0.5},
    caption="The factors of both methods add up to 5.")  # fmt: skip

# %% [markdown]
# Two cautions. If y depends on a direction in which the patients hardly differ, ridge shrinks it
# away and principal components regression drops it, both in good faith. And variances depend on
# units: a length in kilometres has a millionth of the variance that it has in metres, and would
# be shrunk for its unit alone. That is why the columns were standardised; lesson 04 will go into
# it.
#
# ### 10. Undo a blur
#
# Sometimes we know exactly how a signal was spoilt and want it back. A profile with a block and a
# peak is seen through a lens: each of 40 readings is a weighted mean of the profile nearby, plus
# a little noise. That is a linear model, readings = K · profile + noise, with K known, and there
# is no intercept. First the profile and one set of readings.

# %%
places = (np.arange(40) + 0.5) / 40
K = np.exp(-(((places[:, None] - places) / 0.04) ** 2) / 2)
K /= K.sum(axis=1, keepdims=True)
profile = 1.0 * (np.abs(places - 0.3) < 0.1) + np.clip(1 - np.abs(places - 0.7) / 0.15, 0, None)
readings = K @ profile + 0.01 * rng.normal(size=40)  # one draw, to look at
print("a profile, and its readings through the lens")
figures.curves(
    places, {"profile": profile, "readings": readings}, log="", limits=(-0.4, 1.4), up="height",
    title="A blurred profile", across="place",
    caption="The lens has rounded the corners; the noise is too small to see.")  # fmt: skip

# %% [markdown]
# K is square and has an inverse, so least squares has one answer: solve K · profile = readings.
# The readings are good to about a hundredth of the profile's height. How good will the recovered
# profile be?

# %% [raw] card="ridge_blur"
# kind = "choice"
# ask = "How far off is the least squares profile, typically?"
# debrief = """A lens all but removes fine detail; to undo it is to divide by nearly nothing, \
# noise included. On finer grids the condition number grows without end: the problem is \
# ill-posed. Ridge, here called Tikhonov regularization, gives the fine detail up and brings back \
# the shape, though not its sharp corners."""
#
# [options.a]
# text = "By about one per cent, like the readings"
# reply = "If the lens treated all shapes alike. It passes smooth ones and swallows fine ones."
# holds = "off[0] < 0.05"
#
# [options.b]
# text = "By some ten per cent"
# reply = "Ridge comes near that. Least squares has nothing that would hold it back."
# holds = "0.05 < off[0] < 0.5"
#
# [options.c]
# text = "By hundreds of times its own size"
# holds = "off[0] > 100"
# right = true
#
# [options.d]
# text = "It does not exist: K cannot be inverted"
# reply = "K has an inverse, and the computer returns it without a complaint. That is the danger."

# %%
A, stretch, Bt = np.linalg.svd(K)  # K = A · diag(stretch) · Bt
off = []
print("lam        relative error, median of 100 draws")
for at in [0, 1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2]:
    noisy = K @ profile + 0.01 * rng.normal(size=(100, 40))  # 100 draws
    recovered = (noisy @ A * stretch / (stretch**2 + 40 * at)) @ Bt
    off.append(np.median(np.linalg.norm(recovered - profile, axis=1) / np.linalg.norm(profile)))
    print(f"{at:<10g} {off[-1]:8.2f}")
solve = [Bt.T @ (stretch / (stretch**2 + 40 * at) * (A.T @ readings)) for at in (0, 1e-4)]
lines = {"profile": profile, "ridge, lam = 0.0001": solve[1], "least squares": solve[0]}
figures.curves(places, lines, log="", limits=(-0.4, 1.4), up="height", across="place",
    caption="The profile, and what two methods make of one set of readings.")  # fmt: skip

# %% [markdown]
# The *condition number* says how much a relative error on the right-hand side can grow on its way
# into the solution. A finer grid asks for finer detail, so look at how it grows from grid to
# grid, and how ridge brings it down: that of the ridge equations is (s₁² + alpha)/(sₘ² + alpha),
# with sₘ the smallest singular value.

# %%
print("condition number of K:")
for m in [10, 20, 40]:
    grid = (np.arange(m) + 0.5) / m
    finer = np.exp(-(((grid[:, None] - grid) / 0.04) ** 2) / 2)
    print(f"with {m} places: {np.linalg.cond(finer / finer.sum(axis=1, keepdims=True)):,.0f}")
tiny = np.logspace(-13, 0, 53)
figures.condition_curve(tiny, (stretch[0] ** 2 + 40 * tiny) / (stretch[-1] ** 2 + 40 * tiny))

# %% [markdown]
# The strength was chosen by looking at the true profile, which nobody has outside of a lesson.
# The table shows that it need not be exact: with ten times more or less the error is much the
# same.
#
# **The end of part 2.** One strength has ten effects: strong directions are hardly touched, weak
# ones are given up, and that is a cure where the weak ones hold nothing but noise. What is left
# to do is to find lam without knowing the truth.
#
# ## Part 3. Choose, and know what the choice is worth
#
# ### 11. Leave one patient out
#
# How well would a fit predict a patient whom it has not seen? *Leave-one-out* tries each in turn:
# 442 fits for one strength, all with the same alpha. For ridge there is a short way with one fit.
# If hᵢ is the influence of yᵢ on its own fitted value,
#
# $$h_i = \frac1n + \sum_k f_k\, U_{ik}^2 ,
# \qquad \text{error on the unseen patient} \;\stackrel{?}{=}\; \frac{r_i}{1 - h_i} ,$$
#
# with rᵢ the ordinary residual and fₖ the filter factors. Does that question mark have to stay?

# %% [raw] card="ridge_loo"
# kind = "choice"
# ask = "How close does the short way come to 442 refits?"
# debrief = """Give patient i the value that the other 441 predict for it: the fit stays as it is \
# without that patient. From there a little algebra leads to rᵢ / (1 − hᵢ). So leave-one-out \
# costs one decomposition, for all strengths together."""
#
# [options.a]
# text = "It is exact, but for rounding"
# holds = "np.allclose(short, refits, rtol=1e-8)"
# right = true
#
# [options.b]
# text = "It is near if n is large"
# reply = "It holds for three patients as well: nowhere does n go to infinity."
#
# [options.c]
# text = "It is too optimistic"
# reply = "The residual rᵢ is, since the fit has seen yᵢ. To divide by 1 − hᵢ undoes just that."
# holds = "np.mean(short**2) < 0.999 * np.mean(np.square(refits))"
#
# [options.d]
# text = "It is exact for lam = 0 only"
# reply = """The algebra needs a fit that is linear in y with alpha held fixed. Ridge is that for \
# every lam."""

# %%
table, refits, anew = data.diabetes()[0], np.empty(n), np.empty(n)
for i in range(n):
    rest = np.arange(n) != i
    for columns, errors in [(X, refits), (data.Standardizer.fit(table[rest]).apply(table), anew)]:
        Z, target = columns[rest] - columns[rest].mean(axis=0), y[rest] - y[rest].mean()
        w = np.linalg.solve(Z.T @ Z + n * lam * np.eye(10), Z.T @ target)
        errors[i] = y[i] - y[rest].mean() - (columns[i] - columns[rest].mean(axis=0)) @ w
short = (centred_y - X @ ridge(X, y, lam).w) / (1 - 1 / n - U**2 @ factors)
print("mean squared error on the patient left out:")
for name, errors in [("442 fits", refits), ("one fit", short), ("442, standardised anew", anew)]:
    print(f"{name:<23} {np.mean(errors**2):.4f}")

# %% [markdown]
# <details><summary>When you have answered: the algebra</summary>
#
# Let ŷ = Hy be the fitted values, with hᵢ on the diagonal of H, and let z be what the fit without
# patient i predicts for it. Replace yᵢ by z: the fit without patient i makes no error there, so
# it is best for the changed data as well, and its fitted value is z. But only yᵢ has changed, so
# z = ŷᵢ + hᵢ(z − yᵢ). Hence yᵢ − z = (yᵢ − ŷᵢ)/(1 − hᵢ).
#
# </details>
#
# Why the third line? X had been standardised with all 442 patients, the one left out among them,
# and so a little of that patient leaked into the fit. The third line learns mean and variance
# anew each time. Here that changes little; lesson 04 will be about leaks that change much.
#
# *Generalised cross-validation* (GCV) replaces every hᵢ by their mean, (1 + effective degrees of
# freedom)/n, and usually finds nearly the same strength.
#
# ### 12. Compare two strengths
#
# Leave-one-out gives 442 squared errors for each strength. Their mean has a standard error, their
# standard deviation over √n (roughly: it takes the 442 errors for independent). Take the best
# strength and lam = 1. Suppose that their error bars, two standard errors up and down, overlap
# widely. Can you still say that lam = 1 is worse?

# %% [raw] card="ridge_compare"
# kind = "choice"
# ask = "The bars overlap widely. Is lam = 1 worse than the best strength?"
# debrief = """Patients who are hard to predict are hard for both strengths: in the difference of \
# the two errors of one patient that cancels. By differences lam = 1 is clearly worse, while \
# nothing from the left end to 0.1 can be told from the best: the data do not know lam to two \
# digits."""
#
# [options.a]
# text = "Nobody can tell: the bars overlap"
# reply = """Bars are about one mean each. These two come from the same patients and rise and \
# fall together."""
# holds = "gap[40] < 2 * gap_bar[40]"
#
# [options.b]
# text = "Yes: their difference has a bar of its own"
# holds = """gap[40] > 2 * gap_bar[40] and gap[40] < 2 * (bar[40] + bar[top]) and gap[30] < 2 * \
# gap_bar[30]"""
# right = true
#
# [options.c]
# text = "Yes: its mean is larger, and that settles it"
# reply = """Then nearly no penalty would be worse too. At the left end the difference is smaller \
# than its own error."""
#
# [options.d]
# text = "No: what overlaps is equal"
# reply = "Two unknowns are not equal because you know neither well."

# %%
squares = np.array([leave_one_out(X, y, at) ** 2 for at in lams])
top = squares.mean(axis=1).argmin()
gaps = squares - squares[top]  # patient by patient
bar, gap_bar = (each.std(axis=1, ddof=1) / np.sqrt(n) for each in (squares, gaps))
mean, gap, shown = squares.mean(axis=1), gaps.mean(axis=1), "difference from the best"
print("   lam      error     difference")
for i in [0, top, 30, 40]:
    print(f"{lams[i]:6.4f} {mean[i]:5.0f} ± {bar[i]:.0f} {gap[i]:7.1f} ± {gap_bar[i]:.1f}")
figures.curves(
    lams[:41], {shown: gap[:41]}, bands={shown: [(gap + by * gap_bar)[:41] for by in (-2, 2)]},
    across="strength lam →", up="mean squared error", colour="loss", levels={"none": 0},
    caption="The band is two standard errors of the difference, up and down.")  # fmt: skip

# %% [markdown]
# The best strength was picked because it came out best, so even this comparison flatters it a
# little; lesson 08 will deal with that. If the best were the first or the last of the grid, the
# grid would be too short.
#
# Here are the same fits by their weights. Follow single lines from left to right: hdl, for
# example.

# %%
print("criteria and weights, over the strength")
figures.ridge_choice(path, names=data.DIABETES_COLUMNS)

# %% [markdown]
# Single weights may grow at first or change their sign; the vector as a whole only ever shrinks.
#
# ### 13. Take patients away
#
# Hundreds of rows for ten weights is a comfortable number. So take rows away. Draw a few
# patients, choose lam by leave-one-out on those few, fit, and predict all the others. We do that
# 200 times for each number of patients.

# %% [raw] card="ridge_few"
# kind = "choice"
# ask = "How often will ridge predict the others better than least squares?"
# debrief = """With few patients the variance of least squares is large, and ridge can spare much \
# of it. The more patients, the less is left to spare: at last the two fits are nearly one, and \
# it is a toss which of them comes out ahead."""
#
# [options.a]
# text = "Nearly always, with 20 patients and with 320"
# reply = """With 320 patients the variance that ridge could spare is nearly gone. What is left \
# is a toss."""
# holds = "wins[0] > 0.9 and wins[-1] > 0.9"
#
# [options.b]
# text = "With 20 nearly always, with 320 every other time"
# holds = "wins[0] > 0.9 and 0.35 < wins[-1] < 0.65"
# right = true
#
# [options.c]
# text = "With 320 nearly always, with 20 every other time"
# reply = """True, lam is chosen better with 320 patients. But with 20 even a clumsy choice \
# spares more variance than it costs."""
# holds = "0.35 < wins[0] < 0.65 and wins[-1] > 0.9"
#
# [options.d]
# text = "Every other time: lam is guessed, after all"
# reply = "Leave-one-out on 20 patients is a rough guess, and there it is good enough to win."
# holds = "0.35 < wins[0] < 0.65 and 0.35 < wins[-1] < 0.65"

# %%
sizes, gains = [20, 30, 40, 80, 160, 320], np.empty((6, 200))  # 200 draws
for i, draw in np.ndindex(6, 200):
    seen, others = np.split(rng.permutation(n), [sizes[i]])
    tried = ridge_path(X[seen], y[seen], np.r_[0, lams[::2]])  # least squares, then ridge
    misses = y[others] - tried.b[:, None] - tried.W @ X[others].T
    error = np.sqrt(np.mean(misses**2, axis=1))
    gains[i, draw] = error[0] - error[1 + tried.loo[1:].argmin()]
wins, ends = np.mean(gains > 0, axis=1), np.quantile(gains, [0.1, 0.5, 0.9], axis=1)
print("ridge wins", *(f"{size}: {share:.0%}" for size, share in zip(sizes, wins, strict=True)))
figures.curves(sizes, {"median": ends[1]}, bands={"median": ends[::2]}, levels={"no gain": 0},
    across="patients in the fit", up="gain of ridge: root mean square error saved", colour="loss",
    caption="The band holds the middle 80 % of 200 draws.")  # fmt: skip

# %% [markdown]
# ### 14. Type a zero too many
#
# A penalty calms the reaction to noise. Does it also protect against a gross error? Fit on 60
# patients, then again after somebody has typed a zero too many in one of the 60 values of y, and
# see how much worse the predictions for all others become. For comparison we change the *loss*:
# Huber's loss squares small residuals and counts large ones by their size alone. To fit it, ridge
# is repeated, each time with smaller weights for the rows whose residuals are large.


# %%
def reweighted(rows, target, strength, rounds):
    weights = np.ones(len(target))
    for _ in range(rounds):
        fit = ridge(rows, target, strength * len(target) / weights.sum(), sample_weight=weights)
        size = np.abs(target - fit.predict(rows))
        weights = np.minimum(1, 2 * np.median(size) / size)
    return fit


print("without a slip, on all 442 patients:")
apart = np.abs(reweighted(X, y, lam, 10).w - ridge(X, y, lam).w).max()
print(f"no weight moves by more than {apart:.1f} from ridge's")

# %% [markdown]
# Same penalty, same lam, another loss: then it is the loss alone that makes the difference
# between the last two of the three fits. Which will the slip harm least, and which most?

# %% [raw] card="ridge_slip"
# kind = "order"
# ask = "One y in 60 gets a zero too many. Who is harmed least, who most?"
# right = "['abc'[j] for j in np.argsort(np.median(harm, axis=0))]"
# holds = """np.median(harm[:, 2]) < 0.2 * np.median(harm[:, 1]) and np.median(harm[:, 1]) < 0.8 \
# * np.median(harm[:, 0])"""
# reply = """Ask of each how much one huge residual counts, and whether anything limits the \
# answer to it."""
# debrief = """The penalty keeps w short and so hides a part of the harm. But each residual still \
# counts by its square, and one wrong value drags the fit along. Against outliers in y change the \
# loss; a penalty is no cure."""
#
# [items.a]
# text = "least squares"
#
# [items.b]
# text = "ridge"
#
# [items.c]
# text = "ridge with Huber's loss"
#
# [[wrong]]
# order = "bca"
# reply = """Ridge shortens w, but its loss still squares the slip. Huber's counts it by its size \
# alone."""
#
# [[wrong]]
# order = "cab"
# reply = """What pulls at both is the same square. Ridge at least pays for the weights that \
# would follow it."""

# %%
methods = {"least squares": (0.0, 1), "ridge": (lam, 1), "Huber's ridge": (lam, 10)}
misses = np.empty((100, 3, 2, n - 60))  # 100 draws
for draw in range(100):
    few, others = np.split(rng.permutation(n), [60])
    typed = np.r_[10 * y[few[0]], y[few[1:]]]
    for j, how in enumerate(methods.values()):
        twice = [reweighted(X[few], values, *how) for values in (y[few], typed)]
        misses[draw, j] = [y[others] - fit.predict(X[others]) for fit in twice]
harm = np.diff(np.sqrt(np.mean(misses**2, axis=3)))[..., 0]
print("but for a common shift:", np.median(np.diff(misses.std(axis=3)), axis=0)[:, 0].round(1))
figures.ranges(dict(zip(methods, np.quantile(harm, [0.1, 0.5, 0.9], axis=0).T, strict=True)),
    across="root mean square error added", colour="loss", caption="The middle 80 %.")  # fmt: skip

# %% [markdown]
# The printed line leaves out what a mere shift of all predictions would explain, which is the
# work of the intercept and no business of the penalty. The order stays.
#
# ### 15. Have more columns than rows
#
# With 400 columns and 30 rows, countless weight vectors fit every row perfectly. XᵀX has no
# inverse, but XᵀX + alpha I has one for every alpha > 0, so ridge has one answer. It can even be
# found from a 30 × 30 system, the *dual* form, with X and y centred:
#
# $$w = X^\top (X X^\top + \mathrm{alpha}\, I)^{-1} y .$$
#
# <details><summary>Why the two forms agree</summary>
#
# Xᵀ(XXᵀ + alpha I) = (XᵀX + alpha I)Xᵀ: multiply it out. Multiply by the two inverses from both
# sides, and apply the result to y. The dual form asks for products of rows only; another measure
# of similarity in their place makes *kernel ridge*.
#
# </details>
#
# Now let lam go to 0. Where does ridge go?

# %% [raw] card="ridge_wide"
# kind = "choice"
# ask = "As lam goes to 0, which of the perfect fits does ridge approach?"
# debrief = """Every other perfect fit is this one plus something that no row sees, at a right \
# angle to it, and therefore longer: ridge does not pay for what changes no prediction here. New \
# rows may see it, though, and a perfect fit is no proof of a good one."""
#
# [options.a]
# text = "None: the weights grow without bound"
# reply = """They would, if some direction had to be divided by nearly nothing. Here it is not \
# there at all."""
# holds = "np.linalg.norm(path.W[0]) > 10 * np.linalg.norm(perfect)"
#
# [options.b]
# text = "The one with the shortest w"
# holds = "np.allclose(path.W[0], perfect, atol=1e-3)"
# right = true
#
# [options.c]
# text = "The one with the most zeros"
# reply = """Zeros come from corners of a penalty, and a ball of the 2-norm has none. Look again \
# at lesson 01."""
# holds = "np.mean(path.W[0] == 0) > 0.5"
#
# [options.d]
# text = "It depends on where one starts"
# reply = """Ridge starts nowhere: each lam > 0 has one solution. Gradient descent has a start; \
# that is for lesson 14."""

# %%
wide = rng.normal(size=(30, 400))  # one draw, to look at
target = wide[:, :5].sum(axis=1) + rng.normal(size=30)
wide, target = wide - wide.mean(axis=0), target - target.mean()
path, perfect = ridge_path(wide, target, np.logspace(-5, 2, 36)), np.linalg.lstsq(wide, target)[0]
dual = wide.T @ np.linalg.solve(wide @ wide.T + 30 * path.lams[-1] * np.eye(30), target)
print("the dual form gives the same weights:", np.allclose(dual, path.W[-1], rtol=1e-6))
figures.curves(
    path.lams, {"length of w": np.linalg.norm(path.W, axis=1),
                "misfit of the rows": np.linalg.norm(target - path.W @ wide.T, axis=1)},
    across="strength lam →", up="length", levels={"length of lstsq's w": np.linalg.norm(perfect)},
    caption="Follow both lines to the left, where lam goes to 0.")  # fmt: skip

# %% [markdown]
# How do other perfect fits compare? We add directions that no row sees, 100 of them, each small
# beside the perfect fit itself in most weights.

# %%
unseen = rng.normal(size=(100, 400))  # 100 draws
unseen -= np.linalg.lstsq(wide, wide @ unseen.T)[0].T
others = perfect + 0.05 * unseen
print("100 other perfect fits:")
print(f"largest misfit {np.abs(target - others @ wide.T).max():.6f}")
ratio = np.linalg.norm(others, axis=1).min() / np.linalg.norm(perfect)
print(f"the shortest is {ratio:.2f} times as long as ridge's limit")

# %% [markdown]
# They fit the 30 rows as well. Whether they would predict a new row as well is another question.
#
# ### 16. Give the strength a passport
#
# You know now what lam means here. Elsewhere the same model goes by other numbers, and the
# *passport* lists what to write where. It will be there in almost every lesson. Two of its rows
# need a word.
#
# *prior.Gaussian.* Suppose that, before you saw any data, you held each weight for normally
# distributed around 0 with variance tau2, and that the noise has variance sigma2. Then ridge's w
# are the most probable weights, with lam = sigma2/(n tau2): small weights expected, or noisy or
# few data, mean a strong penalty. Lesson 02 will derive it.
#
# *torch.SGD.* One step of gradient descent on J is w ← w − η(g + lam w) = (1 − η lam) w − η g,
# with g the gradient of the loss: each step lets the weights *decay* a little, hence "weight
# decay". At rest g + lam w = 0, which is ridge's equation. But change the step and it may come to
# rest elsewhere. Let momentum collect g alone, as v ← 0.9 v + g, and keep the decay outside. At
# rest v is g/(1 − 0.9), so that g/(1 − 0.9) + lam w = 0, and that is ridge with a tenth of lam.
# PyTorch's SGD passes the decay through the momentum and stays with ridge(lam). Lesson 11 will
# sort this out, and with it the row that says *none*.

# %%
from regcourse import conventions

print("one strength in ten dialects; without `only` there are more")
known = ["sklearn.Ridge", "sklearn.ElasticNet", "sklearn.MLPRegressor", "keras.L2", "torch.SGD"]
known += ["torch.AdamW", "glmnet", "ESL.ridge", "prior.Gaussian", "early.stopping"]
sigma2 = squares[top].mean()  # about: the error on patients left out
conventions.passport(lam, n=n, sd_y=y.std(), sigma2=sigma2, only=known)

# %% [markdown]
# Whenever you meet a strength, ask: of which objective, against a sum or an average, with a ½ or
# without?
#
# ## What to take with you
#
# - J is the average loss plus lam/2 times the squared length of w; b is free, so centre first.
# - alpha = n lam stands beside XᵀX. Forgetting n is the commonest mistake.
# - Ridge accepts a little bias to be rid of much variance. In a true model some lam > 0 beats
#   least squares; which one depends on the truth.
# - Along each principal direction ridge keeps variance/(variance + lam) of least squares: the
#   weak directions go first.
# - Leave-one-out costs one decomposition. Compare strengths by their differences on the same
#   rows.
# - A penalty is no protection against a wrong y.
#
# ## Questions to close with
#
# Four questions about all three parts. Answer them without looking back; the last one also tells
# you which predictions to return to.

# %% [raw] card="close_ridge_doubled"
# kind = "choice"
# closing = true
# ask = """You double the number of patients (new ones, alike) and keep scikit-learn's alpha. \
# What becomes of the shrinkage?"""
# debrief = """lam is alpha/n, and n has doubled: the factors sₖ²/(sₖ² + alpha) all move towards \
# 1. Keep lam if the shrinkage is to stay. Whether it should stay is another question; whoever \
# starts from a prior keeps alpha."""
#
# [options.a]
# text = "It grows"
# reply = "The sum of squares has doubled and the penalty has not. Which of them gains by that?"
#
# [options.b]
# text = "It shrinks"
# right = true
# holds = """np.allclose(Ridge(alpha=n * lam).fit(np.r_[X, X], np.r_[y, y]).coef_, ridge(X, y, \
# lam / 2).w)"""
#
# [options.c]
# text = "It stays"
# reply = "It would if the loss were an average. scikit-learn's Ridge adds up."

# %%
predict("close_ridge_doubled")

# %% [raw] card="close_ridge_equal"
# kind = "choice"
# closing = true
# ask = """Two columns are exactly equal, and lam is tiny but above 0. How does ridge share the \
# weight between them?"""
# debrief = """Along their difference the data say nothing, so the penalty alone decides, however \
# small it is: the least costly difference is 0. That holds at every lam > 0, and in the limit as \
# well."""
#
# [options.a]
# text = "All to one, none to the other"
# reply = "Two halves cost ¼ + ¼, one whole costs 1. A squared length is always for sharing."
#
# [options.b]
# text = "Equally"
# right = true
# holds = "np.ptp(ridge(X[:, [2, 2]], y, 1e-6).w) < 1e-6"
#
# [options.c]
# text = "Any way: only the sum is fixed"
# reply = "So it is for least squares. Ridge has a second wish, and here nothing stands against it."
#
# [options.d]
# text = "Wildly, with opposite signs"
# reply = """That was least squares with columns that are nearly equal. A penalty, however small, \
# has a say where data have none."""

# %%
predict("close_ridge_equal")

# %% [raw] card="close_ridge_dropped"
# kind = "choice"
# closing = true
# ask = """A friend reports 7.3 effective degrees of freedom with ten columns. What has ridge \
# dropped?"""
# debrief = """7.3 is a sum of ten factors, each between 0 and 1. Every direction keeps a share, \
# and every column its weight. Ridge shrinks and does not select: for zeros a penalty needs \
# corners."""
#
# [options.a]
# text = "The three columns with the smallest weights"
# reply = "Small is not zero: at any lam you would find all ten weights in use."
#
# [options.b]
# text = "The three weakest principal directions, or nearly"
# reply = """That would be principal components regression. Ridge fades them out, and the \
# stronger ones a little too."""
#
# [options.c]
# text = "Nothing"
# right = true
# holds = "(ridge(X, y, 100.0).w != 0).all()"

# %%
predict("close_ridge_dropped")

# %% [raw] card="close_ridge_theorem"
# kind = "choices"
# closing = true
# ask = "Which of these belong to the theorem of Hoerl and Kennard?"
# debrief = """If the model is right, some lam > 0 has a smaller mean squared error of w, even \
# for uncorrelated columns. The theorem does not find that lam: it depends on the true weights \
# and on the noise, so we choose from the data and may choose badly."""
#
# [options.a]
# text = "The model must be right"
# right = true
# missed = """With a wrong model there is no true w to be near to, and the proof has nothing to \
# start from."""
#
# [options.b]
# text = "Some columns must be nearly alike"
# reply = "Part 1 had six uncorrelated ones. Likeness makes the gain large, not possible."
#
# [options.c]
# text = "The lam that wins depends on the truth"
# right = true
# missed = "Remember how the best lam moved when all weights were doubled."
#
# [options.d]
# text = "lam chosen by leave-one-out wins"
# reply = """The theorem knows nothing of a choice. With 320 patients the chosen lam won about \
# every other time."""

# %%
predict("close_ridge_theorem")

# %% [markdown]
# ## What comes next
#
# Build it yourself: the exercise [Ridge regression](../exercises/03_ridge/03_ridge.ipynb) checks
# your answers as you write them and tells you, in words, what went wrong.
#
# ## Further reading
#
# - A. E. Hoerl and R. W. Kennard (1970), Ridge regression: biased estimation for nonorthogonal
#   problems, *Technometrics* 12, 55–67. The theorem, and the trace.
# - T. Hastie, R. Tibshirani and J. Friedman (2009), *The Elements of Statistical Learning*, 2nd
#   edition: section 3.4.1 on ridge and its factors, 3.5.1 on principal components, chapter 7 on
#   cross-validation.
# - G. James, D. Witten, T. Hastie and R. Tibshirani, *An Introduction to Statistical Learning*,
#   section 6.2.1: gentler, with a laboratory.
# - G. H. Golub, M. Heath and G. Wahba (1979), Generalized cross-validation as a method for
#   choosing a good ridge parameter, *Technometrics* 21, 215–223.
# - P. C. Hansen (2010), *Discrete Inverse Problems: Insight and Algorithms*, SIAM: blurs, factors
#   and how to choose.
# - P. J. Huber (1964), Robust estimation of a location parameter, *Annals of Mathematical
#   Statistics* 35, 73–101.
# - B. Efron, T. Hastie, I. Johnstone and R. Tibshirani (2004), Least angle regression, *Annals of
#   Statistics* 32, 407–499: where the diabetes data come from.
