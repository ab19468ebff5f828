namespace PortAudit.Traffic.Logs.Contract;

/// <summary>Texts that come again in many rows, each made once.</summary>
internal sealed class LogTexts
{
    /// <summary>Different texts kept: usual histories are some hundred.</summary>
    private const int Maximum = 4096;

    private readonly Dictionary<string, string> _known = new(StringComparer.Ordinal);

    /// <summary>The text as a string.</summary>
    public string Of(ReadOnlySpan<char> text)
    {
        if (_known.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out var known))
            return known;
        var made = text.ToString();
        if (_known.Count < Maximum)
            _known.Add(made, made);
        return made;
    }
}
