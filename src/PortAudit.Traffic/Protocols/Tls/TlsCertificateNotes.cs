using System.Buffers.Binary;
using System.Security.Cryptography;
using PortAudit.Traffic.Protocols.Asn1;
using PortAudit.Traffic.Protocols.Tls.Certificates;

namespace PortAudit.Traffic.Protocols.Tls;

/// <summary>Writes the notes of a handshake's certificates: first the mandatory parts, both sides' own certificates
/// before chains, then alternative names as far as there is room.</summary>
internal static class TlsCertificateNotes
{
    /// <summary>Certificates kept per side: chains have two to four.</summary>
    public const int MaximumCertificates = 8;

    /// <summary>Longest text of a subject or an issuer, in bytes.</summary>
    public const int MaximumName = 200;

    /// <summary>A serial number has at most 20 bytes (RFC 5280 §4.1.2.2).</summary>
    public const int MaximumSerialNumber = 20;

    /// <summary>Extended key usages kept per certificate; servers have one or two.</summary>
    public const int MaximumUsages = 8;

    /// <summary>Room for alternative names of a certificate, in bytes.</summary>
    public const int MaximumNames = 1024;

    /// <summary>Index, digest, first and last second, key usage, self-signed flag, count of names.</summary>
    public const int FixedLength =
        IndexLength + SHA256.HashSizeInBytes + (2 * sizeof(long)) + sizeof(ushort) + 1 + sizeof(ushort);

    /// <summary>Represents a malformed time.</summary>
    public const long NoTime = long.MinValue;

    private const int IndexLength = 1;

    /// <summary>A DNS name has at most 253 characters (RFC 1035 §2.3.4).</summary>
    private const int LongestDnsName = 253;

    public static void Write(scoped TlsCertificateList server, scoped TlsCertificateList client,
        ref TlsNoteWriter writer)
    {
        var (serverKept, clientKept) = (0, 0);
        var serverWalk = server;
        var clientWalk = client;
        for (byte index = 0; index < MaximumCertificates; index++)
        {
            if (serverWalk.MoveNext() && TryAdd(TlsNote.ServerCertificate, index, serverWalk.Current, ref writer))
                serverKept |= 1 << index;
            if (clientWalk.MoveNext() && TryAdd(TlsNote.ClientCertificate, index, clientWalk.Current, ref writer))
                clientKept |= 1 << index;
        }

        for (byte index = 0; index < MaximumCertificates; index++)
        {
            if (server.MoveNext() && (serverKept >> index & 1) != 0)
                AddNames(TlsNote.ServerDnsName, TlsNote.ServerAddress, index, server.Current, ref writer);
            if (client.MoveNext() && (clientKept >> index & 1) != 0)
                AddNames(TlsNote.ClientDnsName, TlsNote.ClientAddress, index, client.Current, ref writer);
        }
    }

    /// <summary>Number of certificates, at most 255, including a last cut one.</summary>
    public static byte Count(scoped TlsCertificateList list)
    {
        byte count = 0;
        while (count < byte.MaxValue && list.MoveNext())
            count++;
        return count < byte.MaxValue && list.IsCut ? (byte)(count + 1) : count;
    }

    /// <summary>Adds a certificate completely or not at all.</summary>
    private static bool TryAdd(TlsNote note, byte index, scoped ReadOnlySpan<byte> encoding, ref TlsNoteWriter writer)
    {
        var start = writer.Length;
        if (!CertificateView.TryParse(encoding, out var certificate, out _))
            return false;
        Span<byte> content = stackalloc byte[FixedLength];
        WriteFixed(index, encoding, certificate, content);
        var isAdded = writer.TryAdd(note, content)
            && writer.TryAddName(TlsNote.Subject, certificate.Subject, MaximumName)
            && writer.TryAddName(TlsNote.Issuer, certificate.Issuer, MaximumName)
            && TryAddSerialNumber(certificate.SerialNumber, ref writer)
            && TryAddUsages(certificate.Extensions.ExtendedKeyUsage, ref writer);
        if (!isAdded)
            writer.TakeBack(start);
        return isAdded;
    }

    private static void WriteFixed(byte index, ReadOnlySpan<byte> encoding, CertificateView certificate,
        Span<byte> content)
    {
        content[0] = index;
        SHA256.HashData(encoding, content[IndexLength..]);
        var rest = content[(IndexLength + SHA256.HashSizeInBytes)..];
        BinaryPrimitives.WriteInt64BigEndian(rest, certificate.NotBefore ?? NoTime);
        BinaryPrimitives.WriteInt64BigEndian(rest[8..], certificate.NotAfter ?? NoTime);
        BinaryPrimitives.WriteUInt16BigEndian(rest[16..], certificate.Extensions.KeyUsage);
        rest[18] = certificate.IsSelfSigned ? (byte)1 : (byte)0;
        ushort names = 0;
        foreach (var _ in new AlternativeNames(certificate.Extensions.AlternativeNames))
            names++;
        BinaryPrimitives.WriteUInt16BigEndian(rest[19..], names);
    }

    /// <summary>The number without a leading sign byte (X.690 §8.3.2).</summary>
    private static bool TryAddSerialNumber(scoped ReadOnlySpan<byte> number, ref TlsNoteWriter writer)
    {
        if (number.Length > 1 && number[0] == 0)
            number = number[1..];
        return number.IsEmpty
            || writer.TryAdd(TlsNote.SerialNumber, number[..Math.Min(number.Length, MaximumSerialNumber)]);
    }

    private static bool TryAddUsages(scoped ReadOnlySpan<byte> usages, ref TlsNoteWriter writer)
    {
        for (var i = 0; i < MaximumUsages
            && DerElement.TryTake(ref usages, DerElement.ObjectIdentifier, out var usage); i++)
        {
            if (usage.Content.Length <= byte.MaxValue && !usage.Content.IsEmpty
                && !writer.TryAdd(TlsNote.ExtendedKeyUsage, usage.Content))
                return false;
        }

        return true;
    }

    private static void AddNames(TlsNote dnsName, TlsNote address, byte index, scoped ReadOnlySpan<byte> encoding,
        ref TlsNoteWriter writer)
    {
        if (!CertificateView.TryParse(encoding, out var certificate, out _))
            return;
        var room = MaximumNames;
        var names = new AlternativeNames(certificate.Extensions.AlternativeNames);
        while (names.MoveNext())
        {
            room -= TlsNoteWriter.HeaderLength + IndexLength + names.Current.Length;
            if (room < 0 || names.Current.Length > LongestDnsName
                || !writer.TryAdd(names.IsAddress ? address : dnsName, index, names.Current))
                return;
        }
    }
}
