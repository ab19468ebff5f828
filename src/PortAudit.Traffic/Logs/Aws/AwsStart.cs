using PortAudit.Traffic.Logs.Contract;

namespace PortAudit.Traffic.Logs.Aws;

/// <summary>What the first bytes of a file tell of it.</summary>
/// <param name="Form">How its records are wrapped.</param>
/// <param name="Layout">The layout of its first record.</param>
internal sealed record AwsStart(AwsForm Form, AwsLayout Layout) : LogContent
{
    private const int MaximumLines = 100;

    /// <inheritdoc />
    public override string Format => "VPC flow log of AWS" + (Form == AwsForm.Json ? ", JSON" : "")
        + (Layout.Lacks is { } lacking ? $" without '{AwsFields.NameOf(lacking)}'" : "");

    /// <inheritdoc />
    public override bool HasFlows => Layout.Lacks is null;

    /// <inheritdoc />
    public override bool IsRead => HasFlows;

    /// <summary>Recognises a log; null for anything else.</summary>
    /// <param name="start">First bytes of the file.</param>
    public static AwsStart? TryRecognise(ReadOnlySpan<byte> start)
    {
        start = start.StartsWith("\uFEFF"u8) ? start["\uFEFF"u8.Length..] : start;
        if (start.TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)'[', ..])
            return AwsMessages.FirstLayout(start) is { } inJson ? new AwsStart(AwsForm.Json, inJson) : null;
        for (var lines = 0; lines < MaximumLines && !start.IsEmpty; lines++)
        {
            var end = start.IndexOf((byte)'\n');
            var line = (end < 0 ? start : start[..end]).Trim(" \r\t"u8);
            start = end < 0 ? default : start[(end + 1)..];
            if (line.IsEmpty)
                continue;
            if ((AwsLayout.TryRead(line) ?? AwsLayout.TryGuess(line)) is { } layout)
                return new AwsStart(AwsForm.Lines, layout);
            return AwsLayout.TryGuess(AwsMessages.WithoutTime(line)) is { } behind
                ? new AwsStart(AwsForm.Lines, behind)
                : null;
        }

        return null;
    }
}

/// <summary>How records are wrapped.</summary>
internal enum AwsForm : byte
{
    /// <summary>One a line; in exports of CloudWatch Logs behind a time.</summary>
    Lines,

    /// <summary>Each the <c>message</c> of an event of CloudWatch Logs, or of any JSON object.</summary>
    Json,
}
