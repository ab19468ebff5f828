namespace PortAudit.Audit.Matching;

/// <summary>The five words of segmentation: what the rules say of a flow, and what became of it.</summary>
public enum FlowWord
{
    /// <summary>Allowed by the rules and arrived.</summary>
    Permitted,

    /// <summary>Not allowed and arrived, at a closed port or not.</summary>
    Escaped,

    /// <summary>Not allowed and stopped.</summary>
    Blocked,

    /// <summary>Allowed and stopped.</summary>
    Misdropped,

    /// <summary>Allowed or not; nothing proves that it arrived or that it was stopped.</summary>
    Unanswered,
}

/// <summary>A verdict, and the word that it gives with what became of the flow.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Word">The word; null where the rules say nothing of the flow.</param>
public readonly record struct VerdictWord(Verdict Verdict, FlowWord? Word)
{
    /// <summary>By verdict, then by word.</summary>
    public static IComparer<VerdictWord> Order { get; } = Comparer<VerdictWord>.Create(static (one, other) =>
        (one.Verdict, one.Word).CompareTo((other.Verdict, other.Word)));
}

/// <summary>The names of <see cref="FlowWord"/> in output.</summary>
public static class FlowWordText
{
    /// <summary>The name in output.</summary>
    public static string ToText(this FlowWord word) => word switch
    {
        FlowWord.Permitted => "permitted",
        FlowWord.Escaped => "escaped",
        FlowWord.Blocked => "blocked",
        FlowWord.Misdropped => "misdropped",
        FlowWord.Unanswered => "unanswered",
    };
}

/// <summary>Which <see cref="FlowWord"/> a flow gets.</summary>
internal static class FlowWords
{
    /// <summary>The word of a verdict and of what became of the flow; null where the rules say nothing of it.</summary>
    public static FlowWord? Of(Verdict verdict, Disposition disposition)
    {
        if (verdict.IsAllowed())
            return disposition switch
            {
                Disposition.Passed => FlowWord.Permitted,
                Disposition.Stopped => FlowWord.Misdropped,
                Disposition.Unknown => FlowWord.Unanswered,
            };
        if (!verdict.IsEscape())
            return null;
        return disposition switch
        {
            Disposition.Passed => FlowWord.Escaped,
            Disposition.Stopped => FlowWord.Blocked,
            Disposition.Unknown => FlowWord.Unanswered,
        };
    }
}
