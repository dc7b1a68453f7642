"""The gateway of LocalStack, bound to the address that GATEWAY_LISTEN names: the stock one listens on every interface."""

from localstack.runtime.server.core import RuntimeServerPlugin


class LoopbackServerPlugin(RuntimeServerPlugin):
    name = "loopback"

    def load(self, *args, **kwargs):
        from functools import partial
        from types import SimpleNamespace
        from unittest import mock

        from localstack.runtime.server import twisted as stock

        class LoopbackServer(stock.TwistedRuntimeServer):
            def register(self, gateway, listen, ssl_creds=None):
                for address in listen:
                    endpoints = SimpleNamespace(
                        TCP4ServerEndpoint=partial(
                            stock.endpoints.TCP4ServerEndpoint, interface=address.host
                        ),
                        TCP6ServerEndpoint=stock.endpoints.TCP6ServerEndpoint,
                    )
                    with mock.patch.object(stock, "endpoints", endpoints):
                        super().register(gateway, [address], ssl_creds)

        return LoopbackServer()
