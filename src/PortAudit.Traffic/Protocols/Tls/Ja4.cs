using System.Buffers.Binary;
using System.Security.Cryptography;

namespace PortAudit.Traffic.Protocols.Tls;

/// <summary>JA4 of a client hello (FoxIO, github.com/FoxIO-LLC/ja4, technical_details/JA4.md; the only method of that
/// family under the BSD licence): version, counts and ALPN in clear, then truncated SHA-256 digests of the sorted
/// suites and of the sorted extensions with the signature schemes. Excludes GREASE (RFC 8701).</summary>
internal static class Ja4
{
    /// <summary>Length in ASCII characters: 10, 12 and 12, separated by <c>_</c>.</summary>
    public const int Length = 36;

    /// <summary>The first letter for TLS over TCP.</summary>
    public const byte OverTcp = (byte)'t';

    /// <summary>First letter of a hello in QUIC.</summary>
    public const byte OverQuic = (byte)'q';

    /// <summary>Suites sorted at most: more than exist.</summary>
    public const int MaximumSuites = 512;

    private const int HeadLength = 10;
    private const int DigestLength = 12;
    private const int LargestCount = 99;

    /// <summary>Writes the fingerprint, <see cref="Length"/> bytes. False when the hello is incomplete, or too
    /// long.</summary>
    public static bool TryWrite(TlsHello hello, byte transport, Span<byte> fingerprint)
    {
        Span<ushort> suites = stackalloc ushort[MaximumSuites];
        Span<ushort> extensions = stackalloc ushort[TlsExtensions.MaximumExtensions];
        Span<ushort> schemes = stackalloc ushort[MaximumSuites];
        if (!hello.IsWhole || !TryTake(hello.CipherSuites, ref suites)
            || !TryTake(hello.Extensions.SignatureAlgorithms, ref schemes))
            return false;
        var extensionCount = Take(hello.Extensions, ref extensions);
        WriteHead(hello, transport, suites.Length, extensionCount, fingerprint);
        suites.Sort();
        extensions.Sort();

        Span<byte> space = stackalloc byte[FingerprintText.MaximumLength];
        var text = new FingerprintText(space);
        text.AddHexadecimals(suites);
        fingerprint[HeadLength] = (byte)'_';
        if (!TryWriteDigest(text, fingerprint.Slice(HeadLength + 1, DigestLength)))
            return false;

        text = new FingerprintText(space);
        text.AddHexadecimals(extensions);
        if (!extensions.IsEmpty && !schemes.IsEmpty)
        {
            text.BeginList((byte)'_');
            text.AddHexadecimals(schemes);
        }

        fingerprint[HeadLength + 1 + DigestLength] = (byte)'_';
        return TryWriteDigest(text, fingerprint.Slice(Length - DigestLength, DigestLength));
    }

    private static void WriteHead(TlsHello hello, byte transport, int suites, int extensions, Span<byte> head)
    {
        head[0] = transport;
        VersionOf(hello.Extensions.HighestVersion is > 0 and var version ? version : hello.LegacyVersion)
            .CopyTo(head[1..]);
        head[3] = hello.Extensions.Contains(TlsExtension.ServerName) ? (byte)'d' : (byte)'i';
        WriteCount(suites, head[4..]);
        WriteCount(extensions, head[6..]);
        var names = hello.Extensions.AlpnNames;
        var alpn = names.MoveNext() ? names.Current : default;
        (head[8], head[9]) = EdgesOf(alpn);
    }

    private static ReadOnlySpan<byte> VersionOf(ushort version) => version switch
    {
        0x0304 => "13"u8,
        0x0303 => "12"u8,
        0x0302 => "11"u8,
        0x0301 => "10"u8,
        0x0300 => "s3"u8,
        0x0002 => "s2"u8,
        0xFEFF => "d1"u8,
        0xFEFD => "d2"u8,
        0xFEFC => "d3"u8,
        _ => "00"u8,
    };

    private static void WriteCount(int count, Span<byte> digits)
    {
        count = Math.Min(count, LargestCount);
        digits[0] = (byte)('0' + (count / 10));
        digits[1] = (byte)('0' + (count % 10));
    }

    /// <summary>First and last character of a name, or of its hexadecimal form when one of them is not
    /// alphanumeric.</summary>
    private static (byte First, byte Last) EdgesOf(ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty)
            return ((byte)'0', (byte)'0');
        if (char.IsAsciiLetterOrDigit((char)name[0]) && char.IsAsciiLetterOrDigit((char)name[^1]))
            return (name[0], name[^1]);
        var digits = "0123456789abcdef"u8;
        return (digits[name[0] >> 4], digits[name[^1] & 0xF]);
    }

    /// <summary>Two-byte numbers without GREASE. False when there are more than <paramref name="numbers"/> has room
    /// for.</summary>
    private static bool TryTake(ReadOnlySpan<byte> list, ref Span<ushort> numbers)
    {
        var count = 0;
        for (; list.Length >= sizeof(ushort); list = list[sizeof(ushort)..])
        {
            var number = BinaryPrimitives.ReadUInt16BigEndian(list);
            if (TlsGrease.Is(number))
                continue;
            if (count == numbers.Length)
                return false;
            numbers[count++] = number;
        }

        numbers = numbers[..count];
        return true;
    }

    /// <summary>Extension types except server name and ALPN, which are in the head. Returns the count including these
    /// two.</summary>
    private static int Take(TlsExtensions list, ref Span<ushort> types)
    {
        var (counted, kept) = (0, 0);
        foreach (var extension in list)
        {
            if (TlsGrease.Is(extension.Type))
                continue;
            counted++;
            if (extension.Type is not (TlsExtension.ServerName or TlsExtension.Alpn))
                types[kept++] = extension.Type;
        }

        types = types[..kept];
        return counted;
    }

    /// <summary>The first twelve digits of the digest; zeros for an empty text.</summary>
    private static bool TryWriteDigest(FingerprintText text, Span<byte> digits)
    {
        digits.Fill((byte)'0');
        if (text.IsCut || text.Written.IsEmpty)
            return !text.IsCut;
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text.Written, digest);
        return Convert.TryToHexStringLower(digest[..(DigestLength / 2)], digits, out _);
    }
}
