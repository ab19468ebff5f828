using System.Security.Cryptography;

namespace PortAudit.Traffic.Protocols.Quic;

/// <summary>Removes the protection of an Initial packet (RFC 9000 §17.2.2, RFC 9001 §5.3 and §5.4).</summary>
internal static class QuicInitialPacket
{
    /// <summary>Largest datagram payload (Ethernet's jumbo frames and a little more).</summary>
    public const int MaximumLength = 16 * 1024;

    private const int SampleLength = 16;
    private const int TagLength = 16;
    private const int MaximumNumberLength = 4;
    private const int NonceLength = 12;

    /// <summary>True when a datagram begins with an Initial packet of a supported version.</summary>
    public static bool IsInitial(ReadOnlySpan<byte> datagram, out QuicLongHeader header) =>
        QuicLongHeader.TryParse(datagram, out header, out _) && QuicInitialKeys.Covers(header.Version)
        && header.Kind == QuicPacketKind.Initial && datagram.Length <= MaximumLength;

    /// <summary>Decrypts the packet. False when it is cut, or the keys do not fit.</summary>
    /// <param name="datagram">A datagram accepted by <see cref="IsInitial"/>.</param>
    /// <param name="header">Its header.</param>
    /// <param name="keys">Keys of the presumed sender.</param>
    /// <param name="room">Receives the frames: as many bytes as the datagram has.</param>
    /// <param name="frames">The frames.</param>
    public static bool TryOpen(ReadOnlySpan<byte> datagram, QuicLongHeader header, QuicInitialKeys keys,
        Span<byte> room, out ReadOnlySpan<byte> frames)
    {
        frames = default;
        var rest = header.Rest;
        if (!QuicInteger.TryTake(ref rest, out var token) || token > (ulong)rest.Length)
            return false;
        rest = rest[(int)token..];
        if (!QuicInteger.TryTake(ref rest, out var length) || length > (ulong)rest.Length
            || length < MaximumNumberLength + SampleLength)
            return false;
        var numberAt = datagram.Length - rest.Length;
        Span<byte> mask = stackalloc byte[SampleLength];
        using (var cipher = Aes.Create())
        {
            cipher.SetKey(keys.HeaderKey);
            cipher.EncryptEcb(rest.Slice(MaximumNumberLength, SampleLength), mask, PaddingMode.None);
        }

        var first = (byte)(datagram[0] ^ (mask[0] & 0x0F));
        var numberLength = (first & 3) + 1;
        var head = room[..(numberAt + numberLength)];
        datagram[..head.Length].CopyTo(head);
        head[0] = first;
        for (var i = 0; i < numberLength; i++)
            head[numberAt + i] ^= mask[1 + i];
        var body = rest[numberLength..(int)length];
        return TryDecrypt(keys, head, head[numberAt..], body, room[head.Length..], out frames);
    }

    private static bool TryDecrypt(QuicInitialKeys keys, ReadOnlySpan<byte> head, ReadOnlySpan<byte> number,
        ReadOnlySpan<byte> body, Span<byte> room, out ReadOnlySpan<byte> frames)
    {
        frames = default;
        if (body.Length < TagLength || room.Length < body.Length - TagLength)
            return false;
        Span<byte> nonce = stackalloc byte[NonceLength];
        keys.Nonce.CopyTo(nonce);
        for (var i = 0; i < number.Length; i++)
            nonce[NonceLength - number.Length + i] ^= number[i];
        var plain = room[..(body.Length - TagLength)];
        try
        {
            using var cipher = new AesGcm(keys.Key, TagLength);
            cipher.Decrypt(nonce, body[..^TagLength], body[^TagLength..], plain, head);
        }
        catch (AuthenticationTagMismatchException)
        {
            return false; // the other side's, of another connection, or damaged
        }

        frames = plain;
        return true;
    }
}
