using System.Buffers.Binary;

namespace PortAudit.Traffic.Protocols.Tls;

/// <summary>The extensions present in a hello (RFC 8446 §4.2), viewed in place.</summary>
internal readonly ref struct TlsExtensions
{
    /// <summary>Extensions read at most; browsers send about twenty.</summary>
    public const int MaximumExtensions = 128;

    private readonly ReadOnlySpan<byte> _bytes;

    /// <summary>Views the list after its length field.</summary>
    public TlsExtensions(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when enumeration reaches the end of the bytes.</summary>
    public bool IsWhole
    {
        get
        {
            var walk = GetEnumerator();
            while (walk.MoveNext())
            {
                // Enumeration is the check.
            }

            return walk.IsAtEnd;
        }
    }

    /// <summary>The first host name of <c>server_name</c> (RFC 6066 §3); empty without one.</summary>
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

    /// <summary>The names of <c>application_layer_protocol_negotiation</c> (RFC 7301 §3.1), with length prefixes; empty
    /// without any.</summary>
    public AlpnNames AlpnNames => AlpnNames.Of(Find(TlsExtension.Alpn));

    /// <summary>The client's groups, two bytes each; empty without any.</summary>
    public ReadOnlySpan<byte> Groups => ListOf(TlsExtension.SupportedGroups);

    /// <summary>The client's point formats, one byte each after the length; empty without any.</summary>
    public ReadOnlySpan<byte> PointFormats =>
        Find(TlsExtension.PointFormats) is { Length: > 1 } list ? list[1..] : default;

    /// <summary>The client's signature schemes, two bytes each; empty without any.</summary>
    public ReadOnlySpan<byte> SignatureAlgorithms => ListOf(TlsExtension.SignatureAlgorithms);

    /// <summary>The highest version in a client's <c>supported_versions</c>; 0 without any.</summary>
    public ushort HighestVersion => TlsVersion.HighestOf(Find(TlsExtension.SupportedVersions));

    public TlsExtensionWalk GetEnumerator() => new(_bytes);

    /// <summary>True when a complete extension of a type is present.</summary>
    public bool Contains(ushort type)
    {
        foreach (var extension in this)
        {
            if (extension.Type == type)
                return true;
        }

        return false;
    }

    /// <summary>The content of the first complete extension of a type; empty without one.</summary>
    public ReadOnlySpan<byte> Find(ushort type)
    {
        foreach (var extension in this)
        {
            if (extension.Type == type)
                return extension.Content;
        }

        return default;
    }

    /// <summary>A list after two bytes of length.</summary>
    private ReadOnlySpan<byte> ListOf(ushort type) => Find(type) is { Length: > 2 } list ? list[2..] : default;
}
