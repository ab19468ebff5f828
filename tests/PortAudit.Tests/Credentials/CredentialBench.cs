using PortAudit.Traffic.Protocols;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;
using static PortAudit.Tests.Audit.FlowSample;

namespace PortAudit.Tests.Credentials;

/// <summary>Shows bytes to the reader of credentials of a protocol.</summary>
internal static class CredentialBench
{
    private static readonly IpAddress Originator = AddressOf("10.0.0.1");
    private static readonly IpAddress Responder = AddressOf("10.0.0.2");

    /// <summary>What is seen in bytes, whichever end sent them.</summary>
    public static CredentialUse Read(string protocol, ReadOnlySpan<byte> sent)
    {
        ProtocolRegistry.Find(protocol)!.Credentials!.Read(Payload(sent, []), out var use);
        ProtocolRegistry.Find(protocol)!.Credentials!.Read(Payload([], sent), out var other);
        Assert.Equal(use, other);
        return use;
    }

    /// <summary>No prefix and no changed byte throws, and none allocates.</summary>
    public static void AssertPrefixesAreHarmless(string protocol, byte[] bytes)
    {
        var reader = ProtocolRegistry.Find(protocol)!.Credentials!;
        var random = new Random(7);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        for (var length = 0; length <= bytes.Length; length++)
            reader.Read(Payload(bytes.AsSpan(0, length), []), out _);
        Assert.Equal(allocated, GC.GetAllocatedBytesForCurrentThread());
        for (var i = 0; i < 500; i++)
        {
            var changed = (byte[])bytes.Clone();
            changed[random.Next(changed.Length)] = (byte)random.Next(256);
            reader.Read(Payload(changed, []), out _);
        }
    }

    /// <summary>Two streams.</summary>
    public static NamePayload Payload(ReadOnlySpan<byte> sent, ReadOnlySpan<byte> received) =>
        new(isStream: true, Originator, Responder, sent, received);
}
