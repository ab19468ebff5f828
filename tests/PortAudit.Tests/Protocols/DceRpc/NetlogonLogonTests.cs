using PortAudit.Traffic.Protocols.DceRpc;

namespace PortAudit.Tests.Protocols.DceRpc;

public sealed class NetlogonLogonTests
{
    // The end of a request: a name in UTF-16LE, its terminating zero, the credential, and the flags 0x212FFFFF.
    [Theory]
    [InlineData(26, "3000310000000000000000000000ffff2f21", true)]
    [InlineData(15, "3000310000000000000000000000ffff2f21", true)]
    [InlineData(26, "30003100000000000000000000000000ffff2f21", true)] // padded to a multiple of four
    [InlineData(26, "300031000000a1b2c3d4e5f60718ffff2f21", false)]
    [InlineData(26, "300031000000a100000000000001ffff2f21", false)]
    [InlineData(4, "3000310000000000000000000000ffff2f21", false)] // the challenge may be zeros
    [InlineData(26, "", false)]
    public void A_credential_of_zeros_is_an_attack(ushort operation, string stub, bool isAttack)
    {
        var bytes = Convert.FromHexString(stub);

        Assert.Equal(isAttack, NetlogonLogon.HasZeroCredential(operation, bytes));
        for (var length = 0; length < bytes.Length; length++)
            _ = NetlogonLogon.HasZeroCredential(operation, bytes.AsSpan(0, length));
    }
}
