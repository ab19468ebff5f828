namespace PortAudit.Learning.Training;

/// <summary>Fits the logistic curve that makes probabilities of scores (Platt 1999, with the targets and the Newton
/// steps of Lin, Lin and Weng 2007).</summary>
internal static class PlattCurve
{
    private const int MaximumSteps = 100;
    private const int MaximumHalvings = 40;
    private const double Damping = 1e-12;
    private const double SmallGradient = 1e-9;

    /// <summary>Slope and offset in 1 / (1 + e^(slope · score + offset)).</summary>
    public static (double Slope, double Offset) Fit(IReadOnlyList<(double Score, bool IsOfKind)> scored)
    {
        var positives = scored.Count(example => example.IsOfKind);
        var negatives = scored.Count - positives;
        var (high, low) = ((positives + 1.0) / (positives + 2.0), 1.0 / (negatives + 2.0));
        var (slope, offset) = (0.0, Math.Log((negatives + 1.0) / (positives + 1.0)));
        double Target(bool isOfKind) => isOfKind ? high : low;
        double Loss(double a, double b) => scored.Sum(example =>
        {
            var power = (a * example.Score) + b;
            return power >= 0
                ? (Target(example.IsOfKind) * power) + Math.Log(1 + Math.Exp(-power))
                : ((Target(example.IsOfKind) - 1) * power) + Math.Log(1 + Math.Exp(power));
        });

        var loss = Loss(slope, offset);
        for (var step = 0; step < MaximumSteps; step++)
        {
            var (h11, h22, h21, g1, g2) = (Damping, Damping, 0.0, 0.0, 0.0);
            foreach (var (score, isOfKind) in scored)
            {
                var p = 1 / (1 + Math.Exp((slope * score) + offset));
                var (weight, error) = (p * (1 - p), Target(isOfKind) - p);
                (h11, h22, h21) = (h11 + (score * score * weight), h22 + weight, h21 + (score * weight));
                (g1, g2) = (g1 + (score * error), g2 + error);
            }

            if (Math.Abs(g1) < SmallGradient && Math.Abs(g2) < SmallGradient)
                break;
            var determinant = (h11 * h22) - (h21 * h21);
            var (da, db) = (-((h22 * g1) - (h21 * g2)) / determinant, -((h11 * g2) - (h21 * g1)) / determinant);
            var (size, halvings) = (1.0, 0);
            while (Loss(slope + (size * da), offset + (size * db)) > loss && halvings++ < MaximumHalvings)
                size /= 2;
            if (halvings > MaximumHalvings)
                break;
            (slope, offset) = (slope + (size * da), offset + (size * db));
            loss = Loss(slope, offset);
        }

        return (slope, offset);
    }
}
