using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Contract;

/// <summary>What one reading of a payload told, in buffers that are used again and again: nothing is allocated, and
/// what turns out to be read once more can be forgotten.</summary>
internal sealed class NameNotes
{
    /// <summary>Names read from a payload: more addresses than a resolver puts into an answer.</summary>
    public const int Maximum = 64;

    private readonly char[] _text = new char[Maximum * NameText.MaximumLength];
    private readonly Note[] _notes = new Note[Maximum];

    /// <summary>Number of names noted.</summary>
    public int Count { get; private set; }

    /// <summary>Names beyond <see cref="Maximum"/>.</summary>
    public int NotTaken { get; private set; }

    /// <summary>Forgets everything.</summary>
    public void Clear() => (Count, NotTaken) = (0, 0);

    /// <summary>A name noted.</summary>
    public ReadOnlySpan<char> NameAt(int index) => _text.AsSpan(index * NameText.MaximumLength, _notes[index].Length);

    /// <summary>The address that has it.</summary>
    public IpAddress AddressAt(int index) => _notes[index].Address;

    /// <summary>What it rests on.</summary>
    public NameBasis GroundAt(int index) => _notes[index].Ground;

    /// <summary>Notes a name in UTF-8. What is no name of a host, or no host's address, is left out.</summary>
    public void AddUtf8(IpAddress address, NameBasis ground, ReadOnlySpan<byte> name)
    {
        if (HasRoomFor(address))
            Add(address, ground, NameText.WriteUtf8(name, Free));
    }

    /// <summary>Notes a name in little-endian UTF-16.</summary>
    public void AddUtf16(IpAddress address, NameBasis ground, ReadOnlySpan<byte> name)
    {
        if (HasRoomFor(address))
            Add(address, ground, NameText.WriteUtf16(name, Free));
    }

    /// <summary>Notes a name that is text already.</summary>
    public void AddText(IpAddress address, NameBasis ground, ReadOnlySpan<char> name)
    {
        if (HasRoomFor(address))
            Add(address, ground, NameText.WriteText(name, Free));
    }

    private Span<char> Free => _text.AsSpan(Count * NameText.MaximumLength, NameText.MaximumLength);

    private bool HasRoomFor(IpAddress address)
    {
        if (!NamedAddress.IsOfHost(address))
            return false;
        if (Count < Maximum)
            return true;
        NotTaken++;
        return false;
    }

    private void Add(IpAddress address, NameBasis ground, int length)
    {
        if (length == 0 || IsNoted(address, ground, Free[..length]))
            return;
        _notes[Count++] = new Note(address, ground, length);
    }

    /// <summary>A datagram or connection that tells a name twice has told it once.</summary>
    private bool IsNoted(IpAddress address, NameBasis ground, ReadOnlySpan<char> name)
    {
        for (var i = 0; i < Count; i++)
        {
            if (_notes[i].Address == address && _notes[i].Ground == ground && NameAt(i).SequenceEqual(name))
                return true;
        }

        return false;
    }

    private readonly record struct Note(IpAddress Address, NameBasis Ground, int Length);
}

/// <summary>Which addresses can be named, and in which order.</summary>
internal static class NamedAddress
{
    /// <summary>Addresses of private use before all others: where there are too many, the site's own hosts shall keep
    /// their names.</summary>
    public static Comparer<IpAddress> Order { get; } = Comparer<IpAddress>.Create((a, b) =>
    {
        var order = b.IsPrivate.CompareTo(a.IsPrivate);
        return order != 0 ? order : a.CompareTo(b);
    });

    /// <summary>False for what no single host has as its address in the network: multicast, broadcast, loopback (RFC
    /// 1122 §3.2.1.3, RFC 4291 §2.5.3) and unspecified addresses.</summary>
    public static bool IsOfHost(IpAddress address)
    {
        if (address.IsIpv4)
            return address.IsUnicast && (address.Ipv4Value >> 24) is not (0 or 127);
        return address.IsUnicast && (address.High != 0 || address.Low > 1);
    }
}
