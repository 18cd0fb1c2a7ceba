import { Configuration, OrderingApi } from './typescript-fetch';

declare const process: { argv: string[] };

// Places an order of one piece and prints what it costs: URL, token, key, product, price.
const [basePath, accessToken, version, productId, price] = process.argv.slice(2);
const ordering = new OrderingApi(new Configuration({ basePath, accessToken }));
const items = [{ productId, quantity: 1, expectedPrice: Number(price), priceVersion: 1 }];

ordering
  .placeOrder({ placeOrderRequest: { version, items } })
  .then((order) => console.log(order.totalAmount));
