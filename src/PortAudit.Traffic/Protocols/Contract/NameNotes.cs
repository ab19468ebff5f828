using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Contract;

/// <summary>Names from one reading of a payload, in reused buffers: allocates nothing, and a repeated reading can start
/// over.</summary>
internal sealed class NameNotes
{
    /// <summary>Names per reading: more addresses than a resolver puts into an answer.</summary>
    public const int Maximum = 64;

    private readonly char[] _text = new char[Maximum * NameText.MaximumLength];
    private readonly Note[] _notes = new Note[Maximum];

    public int Count { get; private set; }

    /// <summary>Names beyond <see cref="Maximum"/>.</summary>
    public int NotTaken { get; private set; }

    public void Clear() => (Count, NotTaken) = (0, 0);

    public ReadOnlySpan<char> NameAt(int index) => _text.AsSpan(index * NameText.MaximumLength, _notes[index].Length);

    public IpAddress AddressAt(int index) => _notes[index].Address;

    public NameBasis BasisAt(int index) => _notes[index].Basis;

    /// <summary>Adds a UTF-8 name. Ignores invalid host names and addresses.</summary>
    public void AddUtf8(IpAddress address, NameBasis basis, ReadOnlySpan<byte> name)
    {
        if (HasRoomFor(address))
            Add(address, basis, NameText.WriteUtf8(name, Free));
    }

    /// <summary>Adds a name in little-endian UTF-16.</summary>
    public void AddUtf16(IpAddress address, NameBasis basis, ReadOnlySpan<byte> name)
    {
        if (HasRoomFor(address))
            Add(address, basis, NameText.WriteUtf16(name, Free));
    }

    /// <summary>Adds a name given as text.</summary>
    public void AddText(IpAddress address, NameBasis basis, ReadOnlySpan<char> name)
    {
        if (HasRoomFor(address))
            Add(address, basis, NameText.WriteText(name, Free));
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

    private void Add(IpAddress address, NameBasis basis, int length)
    {
        if (length == 0 || IsNoted(address, basis, Free[..length]))
            return;
        _notes[Count++] = new Note(address, basis, length);
    }

    /// <summary>A name repeated in a datagram or connection counts once.</summary>
    private bool IsNoted(IpAddress address, NameBasis basis, ReadOnlySpan<char> name)
    {
        for (var i = 0; i < Count; i++)
        {
            if (_notes[i].Address == address && _notes[i].Basis == basis && NameAt(i).SequenceEqual(name))
                return true;
        }

        return false;
    }

    private readonly record struct Note(IpAddress Address, NameBasis Basis, int Length);
}

/// <summary>Addresses that can have names, and their order.</summary>
internal static class NamedAddress
{
    /// <summary>Private addresses first: if there are too many, the site's own hosts keep their names.</summary>
    public static Comparer<IpAddress> Order { get; } = Comparer<IpAddress>.Create((a, b) =>
    {
        var order = b.IsPrivate.CompareTo(a.IsPrivate);
        return order != 0 ? order : a.CompareTo(b);
    });

    /// <summary>False for addresses of no single host: multicast, broadcast, loopback (RFC 1122 §3.2.1.3, RFC 4291
    /// §2.5.3) and unspecified.</summary>
    public static bool IsOfHost(IpAddress address)
    {
        if (address.IsIpv4)
            return address.IsUnicast && (address.Ipv4Value >> 24) is not (0 or 127);
        return address.IsUnicast && (address.High != 0 || address.Low > 1);
    }
}
