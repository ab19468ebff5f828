using System.Text;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Logs.Parts;

/// <summary>Names of network interfaces and rules, each kept once and numbered.</summary>
internal sealed class SensorNames
{
    /// <summary>Names told apart.</summary>
    public const int Maximum = 100_000;

    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal) { [""] = 0 };
    private readonly List<string> _names = [""];

    /// <summary>True once there were more: those beyond have no name and count as one.</summary>
    public bool IsFull { get; private set; }

    /// <summary>The number of a name, 0 for one that is no printable ASCII, too long or beyond the limit.</summary>
    /// <param name="name">The name; a longer one than identifiers may be loses its start.</param>
    public int NumberOf(ReadOnlySpan<byte> name)
    {
        name = name.Length > LogOrigin.MaximumIdentifier ? name[^LogOrigin.MaximumIdentifier..] : name;
        Span<char> text = stackalloc char[LogOrigin.MaximumIdentifier];
        if (name.ContainsAnyExceptInRange((byte)' ', (byte)'~'))
            return 0;
        text = text[..Encoding.ASCII.GetChars(name, text)];
        var lookup = _numbers.GetAlternateLookup<ReadOnlySpan<char>>();
        if (lookup.TryGetValue(text, out var known))
            return known;
        if (_names.Count == Maximum)
        {
            IsFull = true;
            return 0;
        }

        var made = text.ToString();
        _numbers.Add(made, _names.Count);
        _names.Add(made);
        return _names.Count - 1;
    }

    /// <summary>The name of a number.</summary>
    public string this[int number] => _names[number];
}
