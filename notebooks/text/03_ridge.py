# %% [markdown]
# # Shrink a fit: ridge regression
#
# *Lesson 03, about 75 minutes*
#
# **You will** watch least squares lose its head over two nearly equal columns, calm it with one
# number, and drive that number through three linked pictures: factors, ellipse and trace.
#
# **You will learn** what the strength *lam* means and in which units; why the intercept is left
# alone; why ridge shrinks some directions hard and others hardly at all; how many parameters are
# "really" in use; how to choose lam without a single refit; and what the same strength is called
# elsewhere.
#
# **You need** lesson 01 (norms), least squares, and the singular value decomposition X = U S Vᵀ.
# If the SVD is rusty: it says that X is a rotation, a stretch by s₁ ≥ s₂ ≥ …, and another
# rotation (each perhaps with a mirror).
#
# **How to read it.** Answer each question before you run its cell: the result is folded to a
# heading until you do. The answers you get wrong are the ones you will remember. (If you reopen a
# saved lesson and the live figure is missing, run its cell again; under `make lab` it comes back by
# itself.)

# %% [markdown]
# ## 1. Two columns that are almost twins
#
# Two thermometers hang side by side and differ by about a hundredth of a degree. The truth gives
# both a weight of 1. We measure y five times, each time with fresh noise, and fit by least
# squares.
#
# > **Predict.** How far from 1 will the two weights be? How far from 2 their sum?
# >
# > **Look** at what the five fits agree on, and what they do not.

# %%
import numpy as np

rng = np.random.default_rng(3)
m = 50
warm = rng.normal(size=m)
T = np.column_stack([warm, warm + 0.01 * rng.normal(size=m)])
T -= T.mean(axis=0)
print("five fits of one truth:")
for _ in range(5):
    y = T @ [1.0, 1.0] + rng.normal(size=m)
    w = np.linalg.lstsq(T, y - y.mean())[0]
    print(f"w = ({w[0]:6.2f}, {w[1]:6.2f})   sum = {w.sum():.2f}")

# %% [markdown]
# ## 2. What suffers when columns are alike
#
# You will read that least squares, because it is unbiased, cannot live with columns as alike as
# these. Let us see. We fit 40,000 fresh samples with least squares and with a little ridge, the
# method of this lesson.
#
# > **Predict.** Is least squares right *on average* here? Which of the two has the smaller
# > spread, and what does it pay for that?
# >
# > **Look** at mean and spread of the first weight (its truth is 1). Here ± is the standard error
# > of the mean: if a method is unbiased, the truth should lie within two of them.

# %%
Y = (T @ [1.0, 1.0])[:, None] + rng.normal(size=(m, 40_000))
print("the first weight over all samples:")
for name, alpha in [("least squares", 0.0), ("ridge", 0.1 * m)]:
    first = np.linalg.solve(T.T @ T + alpha * np.eye(2), T.T @ Y)[0]
    error = first.std() / np.sqrt(first.size)
    print(f"{name:<14} mean {first.mean():.4f} ± {error:.4f}   spread {first.std():6.2f}")

# %% [markdown]
# Near-twins leave least squares unbiased: what explodes is the variance. Ridge is off by a little
# on average, and near the truth every time.
#
# ## 3. What the objective asks, and what lam means
#
# Ridge regression minimises, over the weights w and the intercept b,
#
# $$J(w, b) = \frac{1}{2n}\,\|y - b - Xw\|_2^2 + \frac{\mathrm{lam}}{2}\,\|w\|_2^2 .$$
#
# The first term is an *average* over the n rows (the ½ only saves a 2 in the gradient). So lam/2
# is the price of a squared weight, set against the *average* loss, and it keeps its meaning when
# more data arrive. Write the loss as a *sum* instead, ‖y − b − Xw‖² + alpha‖w‖², and the same fit
# needs
#
# $$\mathrm{alpha} = n \cdot \mathrm{lam} .$$
#
# From here on we use real data: 442 diabetes patients and ten columns, namely age, sex, body mass
# index, blood pressure and six blood serum measurements (s1 to s6), all standardised. y says how
# far the disease has gone a year later.
#
# > **Predict.** Put every patient in the table twice. Which fit changes: the one with the same
# > lam, or the one with the same alpha?
# >
# > **Look** at which rows agree.

# %%
from regcourse import data
from regcourse.linear import ridge

X, y = data.diabetes()
X = data.Standardizer.fit(X).apply(X)
n, lam = len(y), 0.3
X2, y2 = np.vstack([X, X]), np.concatenate([y, y])
print("the first four weights, with every patient in the table:")
print("once                   ", ridge(X, y, lam).w[:4].round(2))
print("twice, the same lam    ", ridge(X2, y2, lam).w[:4].round(2))
print("twice, the same alpha  ", ridge(X2, y2, n * lam / (2 * n)).w[:4].round(2))

# %% [markdown]
# ## 4. The intercept pays nothing
#
# Look again at the penalty: w is in it, b is not. The intercept says where zero lies on the scale
# of y, which is nobody's business but the instrument's.
#
# > **Predict.** Measure y from another zero: add 1000 to every value. What should happen to b,
# > and to w? What happens to each if b is penalised like a weight?
# >
# > **Look** at the size of w in the last two rows. (The columns here are not centred, as in
# > life.)

# %%
raw = X + 2.0
ones = np.column_stack([np.ones(n), raw])
print("intercept and size of w after a shift of y:")
for shift in [0, 1000]:
    fit = ridge(raw, y + shift, lam)
    print(f"b free       shift {shift:4d}: b = {fit.b:8.2f}   ‖w‖ = {np.linalg.norm(fit.w):7.2f}")
for shift in [0, 1000]:
    bw = np.linalg.solve(ones.T @ ones / n + lam * np.eye(11), ones.T @ (y + shift) / n)
    print(f"b penalised  shift {shift:4d}: b = {bw[0]:8.2f}   ‖w‖ = {np.linalg.norm(bw[1:]):7.2f}")

# %% [markdown]
# ## 5. Centre, then solve
#
# Set the derivative of J by b to zero and solve for b: it is ȳ − x̄ᵀw. Put that back, and b is gone:
# what is left is the same problem on *centred* X and y. Set the gradient by w to zero and you have
# the closed form
#
# $$(X^\top X + \mathrm{alpha}\, I)\, w = X^\top y, \qquad \mathrm{alpha} = n \cdot \mathrm{lam},$$
#
# with X and y centred.
#
# Centring is no convention: it *is* the free intercept, solved for.
#
# > **Predict.** Ridge shrinks, so it does not fit as closely as it could. What is its average
# > residual all the same, and why?
# >
# > **Look** at the first line. The other two say that the gradient by w vanishes, and that the
# > library agrees.

# %%
Xc, yc = raw - raw.mean(axis=0), y - y.mean()
w = np.linalg.solve(Xc.T @ Xc + n * lam * np.eye(10), Xc.T @ yc)
b = y.mean() - raw.mean(axis=0) @ w

r = y - b - raw @ w
print("checks of the closed form:")
print(f"average residual:        {abs(r.mean()):.6f}")
print("gradient by w is 0:     ", np.abs(raw.T @ r / n - lam * w).max() < 1e-9)
print("same as regcourse.ridge:", np.allclose(w, ridge(raw, y, lam).w, rtol=1e-9))

# %% [markdown]
# The average residual *is* the derivative by b (but for its sign): a free b takes up whatever
# average is left over, whatever lam is.
#
# ## 6. Write the same model in scikit-learn
#
# scikit-learn's `Ridge` minimises the *sum*, its `Lasso` and `ElasticNet` the *average*, and all
# three call their strength `alpha`. Many a tutorial prints our J and then calls
# `Ridge(alpha=lam)`.
#
# > **Predict.** Compared with what they meant, is their penalty too weak or too strong, and by
# > what factor?
# >
# > **Look** at the distance of each fit from ours.

# %%
from sklearn.linear_model import Ridge

w = ridge(X, y, lam).w
print("what scikit-learn makes of each alpha:")
for name, alpha in [("alpha = lam", lam), ("alpha = n lam", n * lam)]:
    theirs = Ridge(alpha=alpha).fit(X, y).coef_
    length, off = np.linalg.norm(theirs), np.abs(theirs - w).max()
    print(f"{name:<13} ‖w‖ = {length:5.2f}   furthest weight from ours: {off:5.2f}")
print(f"{'ours':<13} ‖w‖ = {np.linalg.norm(w):5.2f}")

# %% [markdown]
# ## 7. Each direction has its own factor
#
# Now the heart of the matter. Rotate to the singular directions, X = U S Vᵀ, and ridge falls
# apart into separate one-dimensional problems. Along direction k it takes the least squares
# solution and multiplies it by a *filter factor*
#
# $$f_k = \frac{s_k^2}{s_k^2 + \mathrm{alpha}} .$$
#
# With centred columns XᵀX/n is their covariance, so sₖ²/n is simply the variance of the patients
# along direction k. It is also the curvature h of the loss in that direction. Divide by n, and
# the factor reads h/(h + lam): the curvature that the data offer against the one that you add.
#
# > **Predict.** Which directions are shrunk most: those in which the patients differ a lot, or a
# > little?
# >
# > **Look** at the factor in the first and the last row; the last two columns show the size of
# > the solution along each direction. One strength, ten very different effects.

# %%
U, s, Vt = np.linalg.svd(X - X.mean(axis=0), full_matrices=False)
f = s**2 / (s**2 + n * lam)
ols_part, ridge_part = np.abs(U.T @ y) / s, np.abs(Vt @ ridge(X, y, lam).w)
print("  k  variance  factor  least squares   ridge")
for k in range(10):
    print(f"{k + 1:3d} {s[k] ** 2 / n:9.3f} {f[k]:7.3f} {ols_part[k]:14.2f} {ridge_part[k]:7.2f}")
print("ridge = factor × least squares:", np.allclose(ridge_part, f * ols_part))

# %% [markdown]
# Divide the closed form by n as well. With C = XᵀX/n, the covariance of the columns, and Xᵀy/n,
# their covariances with y, it reads
#
# $$(C + \mathrm{lam}\, I)\, w = \mathrm{cov}(X, y) .$$
#
# So ridge behaves as if every column had an extra variance lam, noise that has nothing to do with y
# or with the other columns. Along one direction, or for a column uncorrelated with the rest, the
# weight is its covariance with y over (its variance + lam): a column whose covariance with y is
# small beside that gets little weight.
#
# > **Predict.** `np.cov` has never heard of ridge. Can you make ridge's weights from covariances
# > and lam alone? And from XᵀX/n and Xᵀy/n, if nobody has centred?
# >
# > **Look** at which line finds the weights.

# %%
goal, eye = ridge(raw, y, lam).w, lam * np.eye(10)
everything = np.cov(raw.T, y, bias=True)  # ten columns, then y
C, cov = everything[:10, :10], everything[:10, 10]
print("furthest weight from ridge:")
print(f"by covariances  {np.abs(np.linalg.solve(C + eye, cov) - goal).max():5.2f}")
uncentred = np.linalg.solve(raw.T @ raw / n + eye, raw.T @ y / n)
print(f"by raw products {np.abs(uncentred - goal).max():5.2f}")

# %% [markdown]
# Without centring XᵀX/n is no covariance: it holds the products of the means as well, and they have
# nothing to say about how the patients differ.
#
# ## 8. Move one strength through three pictures
#
# The figure shows a problem with two weights. On the left the ellipses of equal loss and the
# circle of equal penalty: they touch in the ridge solution. (The ellipses belong to the loss, the
# circle to the penalty. You will see it told the other way round.) In the middle the factors, on
# the right the trace: every weight against the strength.
#
# > **Predict.** As lam grows, does the solution walk to the origin in a straight line? If not,
# > which way does it bend first?
# >
# > **Look**, while you move lam (drag, or use the arrow keys), at the order in which things
# > shrink: first the short way across the valley or first along it?

# %%
from regcourse.widgets import RidgeGeometry

print("live figure: ellipse and circle, factors, trace")
RidgeGeometry()

# %% [markdown]
# ## 9. Does ridge shrink all weights alike?
#
# Many texts say so. But in the figure the solution went *along* the valley first, where the loss
# hardly notices. The saying does have a true core: if the columns are uncorrelated and have equal
# variance, all sₖ are equal, and so are the factors.
#
# > **Predict.** For such a design, with variance 1 along every direction, what is the common factor
# > at our lam = 0.3? (One division does it.)
# >
# > **Look** at smallest and largest factor of the two designs, at one and the same strength.

# %%
from regcourse.linear import filter_factors

Q, _ = np.linalg.qr(X)
print("factors at one strength:")
for name, design in [("uncorrelated columns", Q * np.sqrt(n)), ("diabetes", X)]:
    f = filter_factors(np.linalg.svd(design, compute_uv=False), n * lam)
    print(f"{name:<22} smallest factor {f.min():.3f}   largest {f.max():.3f}")

# %% [markdown]
# ## 10. How many parameters are in use?
#
# Ten weights are fitted, but a direction with factor 0.1 can hardly follow the data. Add up the
# factors and you have the *effective degrees of freedom*, Σ s²/(s² + alpha). It is also the trace
# of the matrix that turns y into fitted values. The intercept would add 1 and is not counted.
#
# > **Predict.** What is the sum at lam = 0? For lam without end? Need it be a whole number in
# > between?
# >
# > **Look** at how slowly it falls: the strength runs over five powers of ten.

# %%
from regcourse.linear import effective_dof

print("effective degrees of freedom, and the same in dots:")
for strength in [0, 0.001, 0.01, 0.1, 1, 10, 100]:
    dof = effective_dof(X, n * strength)
    print(f"lam = {strength:<6g} {dof:6.3f}  {'•' * round(4 * dof)}")

# %% [markdown]
# ## 11. Cure an ill-posed problem
#
# Numerical analysts know ridge as *Tikhonov regularization*, a cure for equations that are too
# sensitive to be solved. The *condition number* measures that sensitivity: by how much a relative
# error on the right-hand side can grow on its way into the solution. For the equations of section
# 5 it is
#
# $$\mathrm{cond}(X^\top X + \mathrm{alpha}\, I)
# = \frac{s_1^2 + \mathrm{alpha}}{s_p^2 + \mathrm{alpha}} .$$
#
# > **Predict.** Which of the sums s₁² + alpha and sₚ² + alpha does a small alpha change noticeably?
# >
# > **Look** at how little strength it takes to calm the equations.

# %%
print("condition numbers:")
for strength in [0, 0.001, 0.01, 0.1, 1]:
    alpha = n * strength
    measured = np.linalg.cond(X.T @ X + alpha * np.eye(10))
    formula = (s[0] ** 2 + alpha) / (s[-1] ** 2 + alpha)
    print(f"lam = {strength:<6g} cond = {measured:7.2f}   by the formula {formula:7.2f}")

# %% [markdown]
# A condition number is a promise about the worst case. Let us look at an actual case: nudge y by
# a thousandth of its size, in the direction that least squares minds most (the last column of U).
#
# > **Predict.** A thousandth is 0.1 %. By what percentage do the weights of least squares move? And
# > those of ridge?
# >
# > **Look** at the first and the last of the weights' rows. If you expected 470 times 0.1 %, look
# > at the second line: how much of the nudge arrives in Xᵀy, the right-hand side?

# %%
nudge = 0.001 * np.linalg.norm(y - y.mean()) * U[:, -1]
arrived = np.linalg.norm(X.T @ nudge) / np.linalg.norm(X.T @ y)
print("what a nudge of y by a thousandth does:")
print(f"error in Xᵀy {arrived:.4%}   s₁/sₚ = {s[0] / s[-1]:.1f}")
for strength in [0, 0.001, 0.01, 0.1, 1]:
    before, after = ridge(X, y, strength).w, ridge(X, y + nudge, strength).w
    moved = np.linalg.norm(after - before) / np.linalg.norm(before)
    print(f"lam = {strength:<6g} weights move by {moved:.2%}")

# %% [markdown]
# A condition number of 470 bounds what happens to an error in Xᵀy, and of a nudge in y little
# arrives there. For an error in y, measured against the fitted values, the bound is only the root
# of 470, which is s₁/sₚ.
#
# ## 12. Does ridge select?
#
# Some texts list ridge among the methods that select features, or say that it leads to
# low-dimensional models. Lesson 01 told you what to expect of a penalty without corners.
#
# > **Predict.** At a strength of ten thousand, how many of the ten weights are zero?
# >
# > **Look** at the count, then at the sizes. Small is not zero.

# %%
print("zeros among the ten weights, and the sizes:")
for strength in [0.1, 10, 1000, 10_000]:
    w = ridge(X, y, strength).w
    size = np.abs(w)
    print(f"lam = {strength:<6g} zeros: {np.sum(w == 0)}   ", end="")
    print(f"smallest {size.min():.6f}   largest {size.max():.6f}")

# %% [markdown]
# ## 13. Make the units fair first
#
# Least squares does not care whether a length is in millimetres or kilometres: its coefficient
# absorbs the unit. Ridge pays for the *coefficient*. A column in large units has small values and
# needs a large coefficient, so it is punished for its unit alone.
#
# > **Predict.** Divide one column, the body mass index, by 1000. Do the *predictions* of least
# > squares change? Of ridge?
# >
# > **Look** at the second line. That is why we standardised; lesson 04 does it properly.

# %%
rescaled = X.copy()
rescaled[:, 2] /= 1000
print("after one column has changed its unit:")
for name, strength in [("least squares", 0.0), ("ridge", lam)]:
    a, c = ridge(X, y, strength), ridge(rescaled, y, strength)
    change = np.abs((c.b + rescaled @ c.w) - (a.b + X @ a.w)).max()
    print(f"{name:<14} largest change of a prediction: {change:6.2f}")

# %% [markdown]
# ## 14. Solve it with more columns than rows
#
# With p > n the matrix XᵀX is singular, and least squares has no single answer. Ridge does not
# mind: adding alpha to the diagonal makes the matrix invertible. There is also a second way to
# the same weights that never builds a p × p matrix,
#
# $$w = X^\top (X X^\top + \mathrm{alpha}\, I)^{-1} y ,$$
#
# the *dual* form: the weights are a mixture of the rows. Only products of rows enter XXᵀ: put
# another similarity there and you have *kernel ridge*.
#
# > **Predict.** For 30 rows and 400 columns, how large is the linear system in each form?
# >
# > **Look** at the sizes and at the agreement.

# %%
wide = rng.normal(size=(30, 400))
wide -= wide.mean(axis=0)
target = wide[:, :5].sum(axis=1) + rng.normal(size=30)
target -= target.mean()
alpha = 30 * lam
primal, dual = wide.T @ wide + alpha * np.eye(400), wide @ wide.T + alpha * np.eye(30)
w_primal = np.linalg.solve(primal, wide.T @ target)
w_dual = wide.T @ np.linalg.solve(dual, target)
print("the two linear systems, and their weights:")
print("primal system", primal.shape, "  dual system", dual.shape)
print("same weights: ", np.allclose(w_primal, w_dual, rtol=1e-8, atol=1e-10))

# %% [markdown]
# ## 15. What is left at lam = 0
#
# Here p > n, so countless weight vectors fit the 30 rows perfectly. Let lam go to zero and ridge
# walks to one of them.
#
# > **Predict.** Which of the perfect fits does ridge choose?
# >
# > **Look** at the length of w in the last two rows. The other fit is as perfect: it adds something
# > that no row can see.

# %%
print("misfit and length of w:")
for strength in [1, 0.01, 0.0001, 0]:
    w = ridge(wide, target, strength).w
    misfit = np.linalg.norm(target - wide @ w)
    print(f"lam = {strength:<7g} misfit {misfit:6.3f}   ‖w‖ = {np.linalg.norm(w):.4f}")
unseen = rng.normal(size=400)
unseen -= np.linalg.pinv(wide, rcond=1e-10) @ (wide @ unseen)
other = w + 0.05 * unseen
misfit = np.linalg.norm(target - wide @ other)
print(f"another fit   misfit {misfit:6.3f}   ‖w‖ = {np.linalg.norm(other):.4f}")

# %% [markdown]
# ## 16. Choose lam: leave one out, without leaving anything out
#
# How well would the fit predict a patient whom it has not seen? *Leave-one-out* tries each in
# turn: 442 fits for one strength, with alpha = n·lam the same in all of them. For ridge there is
# a shortcut. If hᵢ is the influence of yᵢ on its own fitted value (1/n through the intercept, the
# rest through the factors), the error on the unseen patient is the ordinary residual divided by 1
# − hᵢ.
#
# > **Predict.** Is the shortcut an approximation?
# >
# > **Look** at how many digits agree.

# %%
refits = []
for i in range(n):
    rest = np.arange(n) != i
    fit = ridge(X[rest], y[rest], lam * n / (n - 1))  # the same alpha for one row fewer
    refits.append(y[i] - fit.b - X[i] @ fit.w)
h = 1 / n + np.sum(U**2 * (s**2 / (s**2 + n * lam)), axis=1)
fit = ridge(X, y, lam)
shortcut = (y - fit.b - X @ fit.w) / (1 - h)
print("leave-one-out, the long way and the short way:")
print(f"442 fits: mean squared error {np.mean(np.square(refits)):.6f}")
print(f"one fit:  mean squared error {np.mean(shortcut**2):.6f}")

# %% [markdown]
# *Generalised cross-validation* (GCV) goes one step further and replaces every hᵢ by their
# average, (1 + effective degrees of freedom)/n. With one decomposition of X all strengths come
# nearly for free.
#
# > **Predict.** The training error must grow with lam. Will leave-one-out grow too, or fall
# > first?
# >
# > **Look** at where the two criteria have their smallest value, and at how flat they are around
# > it: the data do not know lam to two digits. If the best were the first or the last of the
# > grid, the grid would be too short.

# %%
from regcourse.linear import ridge_path

lams = np.logspace(-4, 2, 61)
path = ridge_path(X, y, lams)
print("   lam      dof  training  leave-one-out      GCV")
for i in range(0, 61, 6):
    training = np.mean((y - path.b[i] - X @ path.W[i]) ** 2)
    row = (path.dof[i], training, path.loo[i], path.gcv[i])
    print("{:9.4f} {:6.2f} {:9.1f} {:14.1f} {:9.1f}".format(lams[i], *row))
print(f"best by leave-one-out: lam = {lams[path.loo.argmin()]:.4f}")
print(f"best by GCV:           lam = {lams[path.gcv.argmin()]:.4f}")

# %% [markdown]
# The same table as a picture, with the trace of the ten weights underneath.
#
# > **Predict.** Do all weights shrink monotonically as lam grows?
# >
# > **Look** at one line after the other from left to right, s3 among them.

# %%
from regcourse import figures

print("the two criteria, and the trace of the weights")
figures.ridge_choice(path, names=data.DIABETES_COLUMNS)

# %% [markdown]
# Single weights may grow at first, or change their sign; the vector as a whole only ever shrinks.
#
# ## 17. When does it pay?
#
# Honesty demands a word. For these 442 patients the best ridge beats least squares by next to
# nothing: ten weights and hundreds of rows is not where it shines. So take rows away. Fit on a
# few patients, choose lam by leave-one-out on those few, and predict all the others.
#
# > **Predict.** Below how many patients will ridge clearly win?
# >
# > **Look** at the last two columns, which compare the two on the *same* patients: what ridge gains
# > (the difference of the two errors), and how often it wins at all.

# %%
print("patients  least squares  ridge  median gain  ridge wins")
for patients in [15, 20, 40, 80, 320]:
    errors = []
    for _ in range(200):
        seen, unseen = np.split(rng.permutation(n), [patients])
        best = ridge_path(X[seen], y[seen], lams).loo.argmin()
        fits = [ridge(X[seen], y[seen], strength) for strength in (0.0, lams[best])]
        errors.append([np.linalg.norm(y[unseen] - f.b - X[unseen] @ f.w) for f in fits])
    plain, shrunk = np.transpose(errors) / np.sqrt(n - patients)
    row = (*np.median([plain, shrunk, plain - shrunk], axis=1), np.mean(plain > shrunk))
    print("{:8d} {:14.1f} {:6.1f} {:12.2f} {:11.0%}".format(patients, *row))
print(f"for comparison, always predicting the mean: {y.std():.1f}")

# %% [markdown]
# The variance of least squares grows as the data shrink, and with it what ridge can win. With
# plenty of data there is nothing left to win.
#
# Less variance also means calmer reactions to noise. Does that make ridge safe against a gross
# error? Fit on sixty patients, then again after one slip of the pen: in one of the sixty values of
# y somebody typed a zero too many.
#
# > **Predict.** How much worse do the predictions for all *other* patients become, for least
# > squares and for ridge?
# >
# > **Look** at the distance between the columns, and at the last row: Huber's loss squares only the
# > small residuals.

# %%
from sklearn.linear_model import HuberRegressor, LinearRegression

few, others = np.split(np.random.default_rng(0).permutation(n), [60])
typed = y.copy()
typed[few[0]] *= 10
print("root mean square error on the others:")
for model in [LinearRegression(), Ridge(alpha=60 * lam), HuberRegressor(max_iter=1000)]:
    errors = []
    for values in [y, typed]:
        guess = model.fit(X[few], values[few]).predict(X[others])
        errors.append(np.sqrt(np.mean((y[others] - guess) ** 2)))
    print("{:<17} before {:5.1f}   after the slip {:5.1f}".format(type(model).__name__, *errors))

# %% [markdown]
# The penalty shortens w, and so it hides a part of the damage. But it leaves the loss as it is:
# every residual still counts with its square, and one value drags both fits. Against outliers,
# change the loss; a penalty is no cure.
#
# ## 18. Weight decay is the same penalty, on the way
#
# Minimise J by plain gradient descent. One step is
#
# $$w \leftarrow w - \eta\,(g + \mathrm{lam}\, w) = (1 - \eta\,\mathrm{lam})\, w - \eta\, g ,$$
#
# with g the gradient of the loss: first let every weight *decay* a little, then step. That is
# where the name "weight decay" comes from.
#
# > **Predict.** Where do many such steps lead?
# >
# > **Look** at the distance to the closed form. But beware: that weight decay leads to ridge
# > holds for gradient descent, with or without momentum. Adam with decoupled decay (AdamW) ends
# > elsewhere: lesson 11.

# %%
Xc, yc, eta = X - X.mean(axis=0), y - y.mean(), 0.2
goal, w = ridge(X, y, lam).w, np.zeros(10)
print("distance to ridge:")
for step in range(201):
    if step % 40 == 0:
        print(f"after {step:3d} steps {np.linalg.norm(w - goal):10.6f}")
    g = Xc.T @ (Xc @ w - yc) / n
    w = (1 - eta * lam) * w - eta * g

# %% [markdown]
# ## 19. Give the strength a passport
#
# You now know what lam means here. Elsewhere the same model carries other numbers: scikit-learn
# sums, PyTorch has no ½ in its loss and Keras none in its penalty, statisticians think of a
# prior. The *passport* lists what to write where. It will come back in almost every lesson.
#
# > **Predict.** For our lam and n, what goes into scikit-learn's `Ridge`, and what into the
# > `weight_decay` of PyTorch's SGD with its mean squared error?
# >
# > **Look** for the row that says *none*.

# %%
from regcourse import conventions

print("one strength in ten dialects; without `only` there are more")
names = ["sklearn.Ridge", "sklearn.ElasticNet", "sklearn.MLPRegressor", "keras.L2", "torch.SGD"]
names += ["torch.AdamW", "glmnet", "ESL.ridge", "prior.Gaussian", "early.stopping"]
conventions.passport(lam, n=n, sd_y=y.std(), only=names)

# %% [markdown]
# ## What to take with you
#
# - J is the average loss plus lam/2 times the squared length of w; b is free, so centre first.
# - alpha = n·lam stands beside XᵀX. Forgetting n is the classic slip.
# - Each singular direction is multiplied by s²/(s² + alpha). Weak directions go first; nothing
#   becomes 0.
# - Ridge accepts a little bias to be rid of a lot of variance, and makes a calm system of a wild
#   one.
# - A penalty is no protection against a wrong value of y: the loss still squares its residual.
# - The factors add up to the effective degrees of freedom, and give leave-one-out for nothing.
#
# ## Three questions
#
# 1. You double the number of patients (new ones, alike). You keep scikit-learn's `alpha`. Is your
#    model now shrunk more or less than before?
# 2. Two columns are exactly equal. What does ridge do with their weights, and why does the answer
#    not depend on lam?
# 3. A friend reports 7.3 effective degrees of freedom with ten columns. Which three columns did
#    ridge drop?
#
# <details><summary>Compare your answers</summary>
#
# 1. Less: lam = alpha/n has halved.
# 2. It gives both the same weight. Their difference is a direction that the data cannot see, and
#    along it only the penalty speaks: the least costly difference is zero. (At lam = 0 the
#    minimum norm solution keeps this.)
# 3. None. The sum of ten factors is 7.3; each column still has its weight.
#
# </details>
#
# ## What comes next
#
# Build it yourself: the exercise [Ridge
# regression](../exercises/03_ridge/03_ridge.ipynb) checks your answers as you write them and
# tells you, in words, what went wrong.
