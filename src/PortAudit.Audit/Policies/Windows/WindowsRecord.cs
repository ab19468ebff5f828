namespace PortAudit.Audit.Policies.Windows;

/// <summary>A rule or profile as a file has it: texts by property, not yet understood.</summary>
/// <param name="first">Line on which it begins.</param>
internal sealed class WindowsRecord(int first)
{
    /// <summary>Values of a property that are kept: [MS-FASP] allows 1,000 addresses, ports or interfaces in a list,
    /// and netsh writes each family and kind into one.</summary>
    public const int MaxValues = 10_000;

    private static readonly char[] Separator = [',', ';', '|', '\n', '\r'];

    private readonly Dictionary<WindowsField, (List<string> Values, int Line)> _fields = [];
    private readonly List<(int Line, string Reason)> _problems = [];

    /// <summary>Line on which it begins.</summary>
    public int First { get; } = first;

    /// <summary>Line on which it ends.</summary>
    public int Last { get; set; } = first;

    /// <summary>How reports show it; null to make it of the properties.</summary>
    public string? Text { get; set; }

    /// <summary>Properties that can narrow the rule and that the file does not state.</summary>
    public IReadOnlyList<WindowsField> NotStated { get; set; } = [];

    /// <summary>What the reader could not make sense of; each leaves open what the rule matches.</summary>
    public IReadOnlyList<(int Line, string Reason)> Problems => _problems;

    /// <summary>True when nothing was read.</summary>
    public bool IsEmpty => _fields.Count == 0;

    /// <summary>Notes something that leaves open what the rule matches.</summary>
    public void Problem(int line, string reason) => _problems.Add((line, reason));

    /// <summary>Adds a property. The first values count; empty ones only state that it is there.</summary>
    public void Add(WindowsField field, IReadOnlyCollection<string> values, int line)
    {
        if (IsList(field) && values.Sum(Separators) >= MaxValues)
            Problem(line, $"more than {MaxValues} values");
        var list = values.Where(value => !string.IsNullOrWhiteSpace(value)).Take(MaxValues + 1).ToList();
        if (list.Count > MaxValues)
        {
            Problem(line, $"more than {MaxValues} values");
            list.RemoveAt(MaxValues);
        }

        if (!_fields.TryGetValue(field, out var known) || known.Values.Count == 0)
            _fields[field] = (list, line);
    }

    /// <summary>Adds values of a list that goes on.</summary>
    public void Append(WindowsField field, string value)
    {
        if (_fields.TryGetValue(field, out var known) && known.Values.Count < MaxValues)
            known.Values.Add(value);
    }

    /// <summary>True when the file states the property, be it empty.</summary>
    public bool Has(WindowsField field) => _fields.ContainsKey(field);

    /// <summary>The values of a property; none when it is empty or not stated.</summary>
    public IReadOnlyList<string> Values(WindowsField field) =>
        _fields.TryGetValue(field, out var known) ? known.Values : [];

    /// <summary>The values of a property, split at commas, semicolons, bars and line ends.</summary>
    public IEnumerable<string> Items(WindowsField field) => Values(field)
        .SelectMany(value => value.Split(Separator,
            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        .Take(MaxValues);

    /// <summary>The values of a property in one text; empty when it has none.</summary>
    public string Of(WindowsField field) => string.Join(", ", Values(field));

    /// <summary>The line of a property; the first of the record when it is not stated.</summary>
    public int LineOf(WindowsField field) => _fields.TryGetValue(field, out var known) ? known.Line : First;

    private static bool IsList(WindowsField field) => field is WindowsField.LocalAddress or WindowsField.RemoteAddress
        or WindowsField.LocalPort or WindowsField.RemotePort or WindowsField.Port or WindowsField.IcmpType;

    private static int Separators(string value) => value.Count(character => Separator.Contains(character));
}
