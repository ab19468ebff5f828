using System.Security.Cryptography;

namespace PortAudit.Traffic.Protocols.Tls;

/// <summary>JA3 and JA3S (Althouse, Atkinson, Atkins 2017; github.com/salesforce/ja3): MD5 of a client hello's version,
/// suites, extensions, groups and point formats, or of a server hello's version, suite and extensions, in decimal.
/// Excludes GREASE (RFC 8701).</summary>
internal static class Ja3
{
    /// <summary>Length of a digest, in bytes.</summary>
    public const int Length = MD5.HashSizeInBytes;

    /// <summary>False where MD5 is unavailable, as under FIPS 140 rules: there is no JA3 then.</summary>
    private static readonly bool HasMd5 = ProbeMd5();

    /// <summary>Writes the JA3 of a client hello. False when the hello is incomplete, or too long for
    /// <see cref="FingerprintText.MaximumLength"/>.</summary>
    public static bool TryWriteClient(TlsHello hello, Span<byte> digest)
    {
        Span<byte> space = stackalloc byte[FingerprintText.MaximumLength];
        var text = Begin(hello, space);
        text.BeginList((byte)',');
        text.AddDecimals(hello.Extensions.Groups);
        text.BeginList((byte)',');
        foreach (var format in hello.Extensions.PointFormats)
            text.AddDecimal(format);
        return TryDigest(hello, text, digest);
    }

    /// <summary>Writes the JA3S of a server hello. False as for a client's.</summary>
    public static bool TryWriteServer(TlsHello hello, Span<byte> digest)
    {
        Span<byte> space = stackalloc byte[FingerprintText.MaximumLength];
        return TryDigest(hello, Begin(hello, space), digest);
    }

    /// <summary>The common part: version, suites, extensions.</summary>
    private static FingerprintText Begin(TlsHello hello, Span<byte> space)
    {
        var text = new FingerprintText(space);
        text.AddDecimal(hello.LegacyVersion);
        text.BeginList((byte)',');
        text.AddDecimals(hello.CipherSuites);
        text.BeginList((byte)',');
        foreach (var extension in hello.Extensions)
        {
            if (!TlsGrease.Is(extension.Type))
                text.AddDecimal(extension.Type);
        }

        return text;
    }

#pragma warning disable CA5351 // MD5 is what JA3 is defined by; it protects nothing here.
    private static bool TryDigest(TlsHello hello, FingerprintText text, Span<byte> digest) =>
        hello.IsWhole && !text.IsCut && HasMd5 && MD5.TryHashData(text.Written, digest, out _);

    private static bool ProbeMd5()
    {
        try
        {
            return MD5.HashData([]).Length == Length;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
#pragma warning restore CA5351
}
