namespace PortAudit.Learning.Measuring;

/// <summary>A share with its confidence interval.</summary>
/// <param name="Part">Cases that are so.</param>
/// <param name="Whole">All cases.</param>
internal readonly record struct Share(int Part, int Whole)
{
    /// <summary>Quantile of the normal distribution for 95 % on both sides.</summary>
    private const double Z = 1.959964;

    /// <summary>The share; 0 when there are no cases.</summary>
    public double Value => Whole == 0 ? 0 : (double)Part / Whole;

    /// <summary>Bounds at 95 % (Wilson 1927); 0 to 1 when there are no cases.</summary>
    public (double Low, double High) Bounds
    {
        get
        {
            if (Whole == 0)
                return (0, 1);
            var (p, n) = (Value, (double)Whole);
            var middle = p + (Z * Z / (2 * n));
            var half = Z * Math.Sqrt((p * (1 - p) / n) + (Z * Z / (4 * n * n)));
            var scale = 1 + (Z * Z / n);
            return (Math.Max(0, (middle - half) / scale), Math.Min(1, (middle + half) / scale));
        }
    }
}
