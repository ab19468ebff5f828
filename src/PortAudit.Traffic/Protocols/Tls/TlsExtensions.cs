using System.Buffers.Binary;

namespace PortAudit.Traffic.Protocols.Tls;

/// <summary>The extensions of a hello (RFC 8446 §4.2) as far as they were seen, and the three that are read.</summary>
internal readonly ref struct TlsExtensions
{
    /// <summary>Extensions that are walked at most; browsers send about twenty.</summary>
    public const int MaximumExtensions = 128;

    private const int HeaderLength = 4;
    private const ushort ServerNameType = 0;
    private const ushort AlpnType = 16;
    private const ushort SupportedVersionsType = 43;

    private readonly ReadOnlySpan<byte> _bytes;

    /// <summary>Views the list behind its own length field.</summary>
    public TlsExtensions(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>The first host name of <c>server_name</c> (RFC 6066 §3), empty when there is none.</summary>
    public ReadOnlySpan<byte> ServerName
    {
        get
        {
            // List length, name type 0 (host_name), name length, name.
            var list = Find(ServerNameType);
            if (list.Length < 5 || list[2] != 0)
                return default;
            var length = BinaryPrimitives.ReadUInt16BigEndian(list[3..]);
            return list.Length < 5 + length ? default : list.Slice(5, length);
        }
    }

    /// <summary>The names of <c>application_layer_protocol_negotiation</c> (RFC 7301 §3.1), each behind its length; empty when there are none.</summary>
    public AlpnNames AlpnNames => Find(AlpnType) is { Length: > 2 } list ? new AlpnNames(list[2..]) : default;

    /// <summary>The one version in a server's <c>supported_versions</c> (RFC 8446 §4.2.1), 0 when it sent none.</summary>
    public ushort SelectedVersion => Find(SupportedVersionsType) is { Length: 2 } version ? BinaryPrimitives.ReadUInt16BigEndian(version) : (ushort)0;

    /// <summary>The highest version in a client's <c>supported_versions</c>, 0 when it sent none. Values of RFC 8701, which only try the server's patience, do not count.</summary>
    public ushort HighestVersion
    {
        get
        {
            ushort highest = 0;
            var list = Find(SupportedVersionsType);
            for (var i = 1; i + 1 < list.Length; i += 2)
            {
                var version = BinaryPrimitives.ReadUInt16BigEndian(list[i..]);
                if (list[i] == TlsVersion.Major && version > highest)
                    highest = version;
            }

            return highest;
        }
    }

    /// <summary>The content of the first whole extension of a type, empty when there is none.</summary>
    private ReadOnlySpan<byte> Find(ushort type)
    {
        var rest = _bytes;
        for (var i = 0; i < MaximumExtensions && rest.Length >= HeaderLength; i++)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(rest[2..]);
            if (rest.Length < HeaderLength + length)
                return default;
            if (BinaryPrimitives.ReadUInt16BigEndian(rest) == type)
                return rest.Slice(HeaderLength, length);
            rest = rest[(HeaderLength + length)..];
        }

        return default;
    }
}
