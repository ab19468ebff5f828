using PortAudit.Traffic.Logs.Contract;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Logs.Nfdump;

/// <summary>One record as nfdump prints it. Valid until the next one is read.</summary>
internal sealed class NfdumpRow() : LogRow(NfdumpFields.Count)
{
    private const long NsPerSecond = 1_000_000_000;
    private const long NsPerMs = 1_000_000;
    private const int Milliseconds = 3;

    /// <summary>Letters of TCP flags, the highest bit first (<c>FlagsString</c>).</summary>
    private const string FlagLetters = "CEUAPRSF";

    /// <summary>The value; empty when unset.</summary>
    public ReadOnlySpan<byte> this[NfdumpField field] => this[(int)field];

    public bool Has(NfdumpField field) => Has((int)field);

    /// <summary>Keeps the value that was written to the room.</summary>
    public void Keep(NfdumpField field, int length) => Keep((int)field, length);

    /// <summary>A whole number from 0; null when unset or no such number.</summary>
    public long? Count(NfdumpField field) => Count((int)field);

    /// <summary>A time in nanoseconds since the Unix epoch, at least 0; null when unset or none. It has no zone and is
    /// taken for UTC. Its fraction is a number of milliseconds, which some versions write without zeros before it.
    /// </summary>
    public long? TimeNs(NfdumpField field)
    {
        if (!LogTime.TryParse(this[field], out var timeNs, out var digits) || timeNs < 0)
            return null;
        if (digits is 0 or >= Milliseconds)
            return timeNs;
        var fraction = timeNs % NsPerSecond;
        return timeNs - fraction + (fraction / (digits == 1 ? NsPerSecond / 10 : NsPerSecond / 100) * NsPerMs);
    }

    /// <summary>TCP flags, in letters or as a number; null when unset or neither.</summary>
    public TcpFlags? Flags(NfdumpField field)
    {
        if (Count(field) is { } number)
            return (TcpFlags)(byte)number;
        var flags = 0;
        foreach (var letter in this[field])
        {
            var index = FlagLetters.IndexOf((char)letter, StringComparison.Ordinal);
            if (index < 0 && letter != '.')
                return null;
            flags |= index < 0 ? 0 : 1 << (FlagLetters.Length - 1 - index);
        }

        return Has(field) ? (TcpFlags)flags : null;
    }

    /// <summary>The first two numbers of an access list's identifier, its name's and its entry's, in one; 0 for none.
    /// </summary>
    public ulong AccessList(NfdumpField field)
    {
        var (value, words) = (0UL, 0);
        foreach (var part in this[field].Split((byte)'/'))
        {
            var text = this[field][part];
            if (words++ == 2)
                break;
            if (!text.StartsWith("0x"u8) || !System.Buffers.Text.Utf8Parser.TryParse(text[2..], out uint word,
                out var length, 'x') || length != text.Length - 2)
                return 0;
            value = (value << 32) | word;
        }

        return words >= 2 ? value : 0;
    }
}
