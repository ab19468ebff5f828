namespace PortAudit.Reports.Rows;

/// <summary>Spilling rows to disk failed.</summary>
public sealed class SpillException : IOException
{
    /// <summary>Says where and why, and what to do.</summary>
    /// <param name="directory">Directory of temporary files.</param>
    /// <param name="cause">What the system said.</param>
    public SpillException(string directory, Exception cause)
        : base($"{directory}: the rows of a long list are sorted in a temporary file, which fails: "
            + $"{cause?.Message.TrimEnd('.')}. Make room there, or name another directory in the variable TMPDIR (on "
            + $"Windows TMP).", cause)
    {
    }
}
