using System.Buffers.Binary;

namespace PortAudit.Traffic.Protocols.Tls;

/// <summary>The extensions of a hello (RFC 8446 §4.2) as far as they were seen, walked in place with <c>foreach</c>,
/// and what is read of them.</summary>
internal readonly ref struct TlsExtensions
{
    /// <summary>Extensions that are walked at most; browsers send about twenty.</summary>
    public const int MaximumExtensions = 128;

    private readonly ReadOnlySpan<byte> _bytes;

    /// <summary>Views the list behind its own length field.</summary>
    public TlsExtensions(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when the walk comes to the end of the bytes.</summary>
    public bool IsWhole
    {
        get
        {
            var walk = GetEnumerator();
            while (walk.MoveNext())
            {
                // The walk itself is the check.
            }

            return walk.IsAtEnd;
        }
    }

    /// <summary>The first host name of <c>server_name</c> (RFC 6066 §3), empty when there is none.</summary>
    public ReadOnlySpan<byte> ServerName
    {
        get
        {
            // List length, name type 0 (host_name), name length, name.
            var list = Find(TlsExtension.ServerName);
            if (list.Length < 5 || list[2] != 0)
                return default;
            var length = BinaryPrimitives.ReadUInt16BigEndian(list[3..]);
            return list.Length < 5 + length ? default : list.Slice(5, length);
        }
    }

    /// <summary>The names of <c>application_layer_protocol_negotiation</c> (RFC 7301 §3.1), each behind its length;
    /// empty when there are none.</summary>
    public AlpnNames AlpnNames => AlpnNames.Of(Find(TlsExtension.Alpn));

    /// <summary>The client's groups, two bytes each; empty when it sent none.</summary>
    public ReadOnlySpan<byte> Groups => ListOf(TlsExtension.SupportedGroups);

    /// <summary>The client's point formats, a byte each behind the length of the list; empty when it sent
    /// none.</summary>
    public ReadOnlySpan<byte> PointFormats =>
        Find(TlsExtension.PointFormats) is { Length: > 1 } list ? list[1..] : default;

    /// <summary>The client's signature schemes, two bytes each; empty when it sent none.</summary>
    public ReadOnlySpan<byte> SignatureAlgorithms => ListOf(TlsExtension.SignatureAlgorithms);

    /// <summary>The highest version in a client's <c>supported_versions</c>, 0 when it sent none.</summary>
    public ushort HighestVersion => TlsVersion.HighestOf(Find(TlsExtension.SupportedVersions));

    /// <summary>The walk from the first extension on.</summary>
    public TlsExtensionWalk GetEnumerator() => new(_bytes);

    /// <summary>True when there is a whole extension of a type.</summary>
    public bool Contains(ushort type)
    {
        foreach (var extension in this)
        {
            if (extension.Type == type)
                return true;
        }

        return false;
    }

    /// <summary>The content of the first whole extension of a type, empty when there is none.</summary>
    public ReadOnlySpan<byte> Find(ushort type)
    {
        foreach (var extension in this)
        {
            if (extension.Type == type)
                return extension.Content;
        }

        return default;
    }

    /// <summary>A list behind two bytes of length.</summary>
    private ReadOnlySpan<byte> ListOf(ushort type) => Find(type) is { Length: > 2 } list ? list[2..] : default;
}
