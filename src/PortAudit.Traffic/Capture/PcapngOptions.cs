using System.Text;

namespace PortAudit.Traffic.Capture;

/// <summary>Enumerates the options of a pcapng block (draft-ietf-opsawg-pcapng §3.5).</summary>
internal ref struct PcapngOptions
{
    private const int LeadLength = 4;
    private const ushort EndOfOptions = 0;

    private readonly ByteOrder _order;
    private ReadOnlySpan<byte> _rest;

    public PcapngOptions(ReadOnlySpan<byte> bytes, ByteOrder order)
    {
        _rest = bytes;
        _order = order;
        Code = 0;
        Value = default;
        IsDamaged = false;
    }

    public ushort Code { get; private set; }

    /// <summary>Value of the current option, without padding.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>True when an option extends beyond the block.</summary>
    public bool IsDamaged { get; private set; }

    /// <summary>Moves to the next option; false at the end. The end mark may be missing (§3.5: "MAY").</summary>
    public bool MoveNext()
    {
        if (_rest.IsEmpty || IsDamaged)
            return false;

        // A body is a multiple of 4 bytes and every option is padded, so the rest has room for code and length.
        Code = _order.ReadUInt16(_rest);
        var length = _order.ReadUInt16(_rest[2..]);
        if (Code == EndOfOptions)
            return false;

        var padded = LeadLength + ((length + 3) & ~3);
        if (padded > _rest.Length)
        {
            IsDamaged = true;
            return false;
        }

        Value = _rest.Slice(LeadLength, length);
        _rest = _rest[padded..];
        return true;
    }

    /// <summary>A text value in UTF-8, which some writers terminate with a zero; null when empty. Cut at
    /// <paramref name="longest"/> bytes.</summary>
    public static string? Text(ReadOnlySpan<byte> value, int longest)
    {
        var text = value[..Math.Min(value.Length, longest)].TrimEnd((byte)0);
        return text.IsEmpty ? null : Encoding.UTF8.GetString(text);
    }
}
