using PortAudit.Cli.Terminal;

namespace PortAudit.Tests.Cli.Terminal;

public sealed class ExitCodeTests
{
    /// <summary>Gravest first, as design §6 orders them.</summary>
    private static readonly int[] Order = [130, 2, 4, 3, 1, 0];

    [Fact]
    public void Of_two_codes_the_graver_is_told_whatever_their_order()
    {
        for (var grave = 0; grave < Order.Length; grave++)
        {
            for (var light = grave; light < Order.Length; light++)
            {
                Assert.Equal(Order[grave], (int)((ExitCode)Order[grave]).And((ExitCode)Order[light]));
                Assert.Equal(Order[grave], (int)((ExitCode)Order[light]).And((ExitCode)Order[grave]));
            }
        }
    }

    [Fact]
    public void Every_code_has_a_place_in_the_order() =>
        Assert.All(Enum.GetValues<ExitCode>(), code => Assert.Equal(code, code.And(ExitCode.Success)));
}
