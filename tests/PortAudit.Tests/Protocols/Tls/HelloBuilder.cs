using System.Buffers.Binary;
using PortAudit.Traffic.Protocols.Tls;

namespace PortAudit.Tests.Protocols.Tls;

/// <summary>Makes bodies of hellos.</summary>
internal static class HelloBuilder
{
    /// <summary>A client hello with extensions in their order; version TLS 1.2, no session id, no
    /// compression.</summary>
    public static byte[] Client(ushort[] suites, params (ushort Type, byte[] Content)[] extensions) =>
        [3, 3, .. new byte[32], 0, .. List(Words(suites)), 1, 0, .. List(Extensions(extensions))];

    /// <summary>A server hello of the same kind.</summary>
    public static byte[] Server(ushort suite, params (ushort Type, byte[] Content)[] extensions) =>
        [3, 3, .. new byte[32], 0, .. Words(suite), 0, .. List(Extensions(extensions))];

    /// <summary>Numbers of two bytes.</summary>
    public static byte[] Words(params ushort[] numbers) =>
        [.. numbers.SelectMany(number => new[] { (byte)(number >> 8), (byte)number })];

    /// <summary>Bytes behind their length in two bytes.</summary>
    public static byte[] List(byte[] content)
    {
        var list = new byte[content.Length + 2];
        BinaryPrimitives.WriteUInt16BigEndian(list, (ushort)content.Length);
        content.CopyTo(list, 2);
        return list;
    }

    /// <summary>The content of an ALPN extension with one name.</summary>
    public static byte[] Alpn(params byte[] name) => List([(byte)name.Length, .. name]);

    public static TlsHello Parse(byte[] body, bool isClient = true)
    {
        Assert.True(TlsHello.TryParse(body, isClient, out var hello, out _));
        return hello;
    }

    private static byte[] Extensions((ushort Type, byte[] Content)[] extensions) =>
        [.. extensions.SelectMany(extension => (byte[])[.. Words(extension.Type), .. List(extension.Content)])];
}
