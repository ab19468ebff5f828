using System.Text;
using PortAudit.Tests.Wire;
using PortAudit.Traffic.Protocols.Tds;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Protocols.Tds;

public sealed class SsrpResponseTests
{
    private const string List = "05 0A00 613B623B3B7463703B31";
    private const string Dedicated = "05 0600 01 94C0";

    [Fact]
    public void A_list_is_walked_field_by_field()
    {
        var fields = new SsrpFields("a;b;;bv;1;2;3;4;5;tcp;1433;np;cut"u8);
        var read = new List<string>();
        while (fields.MoveNext())
            read.Add($"{Encoding.ASCII.GetString(fields.Key)}={Encoding.ASCII.GetString(fields.Value)}");

        Assert.Equal(["a=b", "=", "bv=5", "tcp=1433"], read);
    }

    [Fact]
    public void A_text_ends_where_its_size_says()
    {
        Assert.True(SsrpResponse.TryParse(Hex.Bytes(List + "3B3B"), out var response, out _));

        Assert.Equal((10, 0), (response.Text.Length, response.DedicatedPort));
    }

    [Fact]
    public void A_dedicated_connection_has_a_port_and_no_text()
    {
        Assert.True(SsrpResponse.TryParse(Hex.Bytes(Dedicated), out var response, out _));

        Assert.Equal((0, 49300), (response.Text.Length, response.DedicatedPort));
    }

    [Fact]
    public void The_views_are_sound()
    {
        ViewContract.Holds(List, SsrpResponse.HeaderLength, Read);
        ViewContract.Holds(Dedicated, SsrpResponse.HeaderLength, Read);
    }

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (SsrpResponse.TryParse(bytes, out var response, out var error))
            _ = (response.DedicatedPort, response.Text.Length);
        return error;
    }
}
