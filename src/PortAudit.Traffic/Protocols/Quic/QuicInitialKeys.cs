using System.Buffers.Binary;
using System.Security.Cryptography;

namespace PortAudit.Traffic.Protocols.Quic;

/// <summary>The keys of one side's Initial packets (RFC 9001 §5.2, RFC 9369 §3.3), derived from the client's first
/// destination connection id, which is in clear, so that any observer can decrypt them.</summary>
internal readonly ref struct QuicInitialKeys
{
    private const int SecretLength = 32;
    private const int KeyLength = 16;
    private const int NonceLength = 12;
    private const int MaximumInfoLength = 64;

    private readonly Span<byte> _keys;

    private QuicInitialKeys(Span<byte> keys) => _keys = keys;

    /// <summary>Bytes of the keys.</summary>
    public const int Length = KeyLength + NonceLength + KeyLength;

    public ReadOnlySpan<byte> Key => _keys[..KeyLength];

    /// <summary>The initialisation vector, combined with the packet number.</summary>
    public ReadOnlySpan<byte> Nonce => _keys.Slice(KeyLength, NonceLength);

    /// <summary>Key of header protection.</summary>
    public ReadOnlySpan<byte> HeaderKey => _keys.Slice(KeyLength + NonceLength, KeyLength);

    /// <summary>True for a supported version.</summary>
    public static bool Covers(uint version) => !SaltOf(version).IsEmpty;

    /// <summary>Derives the keys of a side.</summary>
    /// <param name="version">A supported version.</param>
    /// <param name="destination">The client's first destination connection id.</param>
    /// <param name="ofClient">True for the client's packets.</param>
    /// <param name="room">Receives the keys: <see cref="Length"/> bytes.</param>
    public static QuicInitialKeys Derive(uint version, ReadOnlySpan<byte> destination, bool ofClient, Span<byte> room)
    {
        Span<byte> initial = stackalloc byte[SecretLength];
        Span<byte> secret = stackalloc byte[SecretLength];
        HKDF.Extract(HashAlgorithmName.SHA256, destination, SaltOf(version), initial);
        Expand(initial, ofClient ? "client in"u8 : "server in"u8, secret);
        var isSecond = version == QuicVersion.Two;
        Expand(secret, isSecond ? "quicv2 key"u8 : "quic key"u8, room[..KeyLength]);
        Expand(secret, isSecond ? "quicv2 iv"u8 : "quic iv"u8, room.Slice(KeyLength, NonceLength));
        Expand(secret, isSecond ? "quicv2 hp"u8 : "quic hp"u8, room.Slice(KeyLength + NonceLength, KeyLength));
        return new QuicInitialKeys(room);
    }

    /// <summary>HKDF-Expand-Label without a context (RFC 8446 §7.1).</summary>
    private static void Expand(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> label, Span<byte> output)
    {
        Span<byte> info = stackalloc byte[MaximumInfoLength];
        var prefix = "tls13 "u8;
        BinaryPrimitives.WriteUInt16BigEndian(info, (ushort)output.Length);
        info[2] = (byte)(prefix.Length + label.Length);
        prefix.CopyTo(info[3..]);
        label.CopyTo(info[(3 + prefix.Length)..]);
        info = info[..(4 + prefix.Length + label.Length)];
        info[^1] = 0;
        HKDF.Expand(HashAlgorithmName.SHA256, secret, output, info);
    }

    /// <summary>RFC 9001 §5.2, RFC 9369 §3.3.1, and drafts 29 to 32, which were deployed.</summary>
    private static ReadOnlySpan<byte> SaltOf(uint version) => version switch
    {
        QuicVersion.One => [0x38, 0x76, 0x2C, 0xF7, 0xF5, 0x59, 0x34, 0xB3, 0x4D, 0x17, 0x9A, 0xE6, 0xA4, 0xC8, 0x0C,
            0xAD, 0xCC, 0xBB, 0x7F, 0x0A],
        QuicVersion.Two => [0x0D, 0xED, 0xE3, 0xDE, 0xF7, 0x00, 0xA6, 0xDB, 0x81, 0x93, 0x81, 0xBE, 0x6E, 0x26, 0x9D,
            0xCB, 0xF9, 0xBD, 0x2E, 0xD9],
        >= 0xFF00_001D and <= 0xFF00_0020 => [0xAF, 0xBF, 0xEC, 0x28, 0x99, 0x93, 0xD2, 0x4C, 0x9E, 0x97, 0x86, 0xF1,
            0x9C, 0x61, 0x11, 0xE0, 0x43, 0x90, 0xA8, 0x99],
        _ => [],
    };
}
